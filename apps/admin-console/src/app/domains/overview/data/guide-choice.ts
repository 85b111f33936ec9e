import { DOCUMENT } from '@angular/common';
import { inject, Injectable } from '@angular/core';

const STORAGE_KEY = 'matterline.guide';

/** Whether this browser's user has put the first-run guide away. */
@Injectable({ providedIn: 'root' })
export class GuideChoice {
  private readonly document = inject(DOCUMENT);

  hidden(): boolean {
    try {
      return this.document.defaultView?.localStorage.getItem(STORAGE_KEY) === 'hidden';
    } catch {
      // Site data is blocked: the guide simply shows again.
      return false;
    }
  }

  hide(): void {
    try {
      this.document.defaultView?.localStorage.setItem(STORAGE_KEY, 'hidden');
    } catch {
      // Site data is blocked: it is hidden for this visit only.
    }
  }
}
