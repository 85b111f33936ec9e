import { Clock } from '@matterline/platform';

/** Stands still until a test moves it. */
export class TestClock extends Clock {
  private atMs = Date.parse('2026-03-07T14:00:00.000Z');

  override now(): Date {
    return new Date(this.atMs);
  }

  advance(ms: number): void {
    this.atMs += ms;
  }
}
