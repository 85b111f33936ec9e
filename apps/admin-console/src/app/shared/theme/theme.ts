import { DOCUMENT } from '@angular/common';
import { inject, Injectable, signal } from '@angular/core';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type ThemeName = (typeof THEMES)[number];

const STORAGE_KEY = 'matterline.theme';

/** The chosen look, kept in this browser. `system` follows the operating system, also in contrast. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly document = inject(DOCUMENT);
  private readonly chosen = signal<ThemeName>('system');

  readonly current = this.chosen.asReadonly();

  applyStored(): void {
    const stored = this.storage()?.getItem(STORAGE_KEY);
    this.apply(THEMES.find((name) => name === stored) ?? 'system');
  }

  choose(name: ThemeName): void {
    this.storage()?.setItem(STORAGE_KEY, name);
    this.apply(name);
  }

  private apply(name: ThemeName): void {
    this.chosen.set(name);
    const root = this.document.documentElement;
    if (name === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = name;
  }

  private storage(): Storage | null {
    try {
      return this.document.defaultView?.localStorage ?? null;
    } catch {
      // Browsers that block site data throw on mere access; the choice then lasts for this visit.
      return null;
    }
  }
}
