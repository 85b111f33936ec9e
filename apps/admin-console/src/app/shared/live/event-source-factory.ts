import { InjectionToken } from '@angular/core';

/** Makes the browser's event stream; a token so that tests can hand in one of their own. */
export const EVENT_SOURCE_FACTORY = new InjectionToken<(url: string) => EventSource>('EVENT_SOURCE_FACTORY', {
  providedIn: 'root',
  factory: () => (url: string) => new EventSource(url),
});
