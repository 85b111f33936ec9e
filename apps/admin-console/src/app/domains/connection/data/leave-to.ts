import { DOCUMENT } from '@angular/common';
import { inject, InjectionToken } from '@angular/core';

/** Leaves the console for another address; a token so that tests can watch it. */
export const LEAVE_TO = new InjectionToken<(url: string) => void>('LEAVE_TO', {
  providedIn: 'root',
  factory: () => {
    const document = inject(DOCUMENT);
    return (url: string) => document.location.assign(url);
  },
});
