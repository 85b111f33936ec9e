import { ChangeDetectionStrategy, Component } from '@angular/core';
import { Icon } from '../../../shared/ui/icon';
import { GRANTS, TROUBLES } from '../data/guide-texts';

/** Help where the question arises: the way to connect, what Allow grants, and what known errors mean. */
@Component({
  selector: 'ml-guide-card',
  imports: [Icon],
  templateUrl: './guide-card.html',
  styles: `
    :host {
      display: grid;
      gap: 1.25rem;
    }
    .steps {
      display: grid;
      gap: 1rem;
      counter-reset: step;
    }
    .steps li {
      position: relative;
      padding-left: 2.5rem;
      counter-increment: step;
    }
    .steps li::before {
      content: counter(step);
      position: absolute;
      left: 0;
      display: grid;
      place-items: center;
      width: 1.625rem;
      height: 1.625rem;
      border-radius: 50%;
      background: var(--ml-brand-soft);
      color: var(--ml-brand);
      font-size: 0.8125rem;
      font-weight: 600;
    }
    .steps p,
    .grants,
    details p {
      font-size: 0.875rem;
    }
    .grants {
      display: grid;
      gap: 0.5rem;
    }
    .grants li {
      display: flex;
      gap: 0.625rem;
    }
    .grants ml-icon {
      color: var(--ml-ok);
    }
    details {
      border-bottom: 1px solid var(--ml-line);
    }
    summary {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 1rem;
      padding: 0.75rem 1.25rem;
      font-weight: 500;
      cursor: pointer;
      list-style: none;
    }
    summary::-webkit-details-marker {
      display: none;
    }
    summary:hover {
      background: var(--ml-hover);
    }
    summary ml-icon {
      color: var(--ml-ink-soft);
      transition: rotate 0.15s;
    }
    details[open] summary ml-icon {
      rotate: 180deg;
    }
    details p {
      padding: 0 1.25rem 1rem;
    }
    .still {
      padding: 1rem 1.25rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class GuideCard {
  protected readonly grants = GRANTS;
  protected readonly troubles = TROUBLES;
}
