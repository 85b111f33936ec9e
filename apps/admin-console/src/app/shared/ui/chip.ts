import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Tone } from './tone';

/** A state in one or two words. */
@Component({
  selector: 'ml-chip',
  template: `<span class="dot" aria-hidden="true"></span><ng-content />`,
  host: { '[attr.data-tone]': 'tone()' },
  styles: `
    :host {
      --tone: var(--ml-quiet);
      --tone-soft: var(--ml-quiet-soft);
      display: inline-flex;
      align-items: center;
      gap: 0.4rem;
      padding: 0.125rem 0.625rem 0.125rem 0.5rem;
      border-radius: 999px;
      background: var(--tone-soft);
      color: var(--tone);
      font-size: 0.8125rem;
      font-weight: 500;
      line-height: 1.35rem;
      white-space: nowrap;
    }
    :host([data-tone='ok']) {
      --tone: var(--ml-ok);
      --tone-soft: var(--ml-ok-soft);
    }
    :host([data-tone='info']) {
      --tone: var(--ml-info);
      --tone-soft: var(--ml-info-soft);
    }
    :host([data-tone='wait']) {
      --tone: var(--ml-wait);
      --tone-soft: var(--ml-wait-soft);
    }
    :host([data-tone='bad']) {
      --tone: var(--ml-bad);
      --tone-soft: var(--ml-bad-soft);
    }
    .dot {
      width: 0.4375rem;
      height: 0.4375rem;
      border-radius: 50%;
      background: currentcolor;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Chip {
  readonly tone = input<Tone>('quiet');
}
