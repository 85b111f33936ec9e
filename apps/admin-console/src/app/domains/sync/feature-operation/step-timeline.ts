import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Step } from '@matterline/contracts';
import { Time } from '../../../shared/time/time';
import { Icon } from '../../../shared/ui/icon';

const STEP_WORDS: Readonly<Record<Step['state'], string>> = { done: 'Done', running: 'Under way', failed: 'Failed' };

/** The steps of an operation, from the first to the one it is at. */
@Component({
  selector: 'ml-step-timeline',
  imports: [Icon, Time],
  template: `
    <ol>
      @for (step of steps(); track $index) {
        <li [attr.data-state]="step.state">
          <span class="mark">
            @if (step.state === 'running') {
              <span class="pulse"></span>
            } @else {
              <ml-icon [name]="step.state === 'done' ? 'check' : 'close'" />
            }
          </span>
          <span class="name"
            >{{ step.name }} <span class="sr-only">{{ words[step.state] }}</span></span
          >
          <span class="muted small"><ml-time [at]="step.at" show="full" /></span>
        </li>
      }
    </ol>
  `,
  styles: `
    li {
      position: relative;
      display: grid;
      grid-template-columns: 1.75rem minmax(0, 1fr);
      column-gap: 0.875rem;
      padding-bottom: 1.25rem;
    }
    li:last-child {
      padding-bottom: 0;
    }
    li:not(:last-child)::before {
      content: '';
      position: absolute;
      top: 1.75rem;
      bottom: 0;
      left: 0.84375rem;
      width: 1px;
      background: var(--ml-line);
    }
    .mark {
      display: grid;
      place-items: center;
      grid-row: span 2;
      width: 1.75rem;
      height: 1.75rem;
      border-radius: 50%;
      background: var(--ml-ok-soft);
      color: var(--ml-ok);
    }
    .mark ml-icon {
      width: 1rem;
      height: 1rem;
    }
    [data-state='failed'] .mark {
      background: var(--ml-bad-soft);
      color: var(--ml-bad);
    }
    [data-state='running'] .mark {
      background: var(--ml-info-soft);
      color: var(--ml-info);
    }
    .pulse {
      width: 0.625rem;
      height: 0.625rem;
      border-radius: 50%;
      background: currentcolor;
      animation: pulse 0.9s ease-in-out infinite alternate;
    }
    .name {
      padding-top: 0.125rem;
      font-weight: 500;
    }
    .small {
      grid-column: 2;
    }
    @keyframes pulse {
      to {
        opacity: 0.35;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StepTimeline {
  readonly steps = input.required<readonly Step[]>();
  protected readonly words = STEP_WORDS;
}
