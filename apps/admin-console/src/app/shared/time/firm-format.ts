import { computed, inject, Injectable } from '@angular/core';
import { Session } from '../session/session';

const LOCALES = { us: 'en-US', au: 'en-AU', uk: 'en-GB' } as const;

/** Dates, times and numbers in the way of the firm's country and in the firm's time zone. */
@Injectable({ providedIn: 'root' })
export class FirmFormat {
  private readonly session = inject(Session);

  readonly locale = computed(() => LOCALES[this.session.firm()?.region ?? 'us'] ?? 'en-US');
  readonly timeZone = computed(() => this.session.firm()?.timezone ?? 'UTC');
  private readonly moments = computed(() => this.make({ dateStyle: 'medium', timeStyle: 'medium' }));
  private readonly days = computed(() => this.make({ dateStyle: 'medium' }));
  private readonly clocks = computed(() => this.make({ timeStyle: 'short' }));
  private readonly seconds = computed(() => this.make({ timeStyle: 'medium' }));
  private readonly numbers = computed(() => new Intl.NumberFormat(this.locale()));

  moment(iso: string): string {
    return this.moments().format(new Date(iso));
  }

  day(iso: string): string {
    return this.days().format(new Date(iso));
  }

  clock(iso: string): string {
    return this.clocks().format(new Date(iso));
  }

  clockWithSeconds(iso: string): string {
    return this.seconds().format(new Date(iso));
  }

  number(value: number): string {
    return this.numbers().format(value);
  }

  private make(style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.locale(), { ...style, timeZone: this.timeZone() });
  }
}
