import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Icon } from '../../../shared/ui/icon';
import { FirstStep } from '../data/first-steps';

/** Three steps with check marks, until all are done. */
@Component({
  selector: 'ml-first-run-guide',
  imports: [RouterLink, MatButton, Icon],
  template: `
    <section class="card" aria-labelledby="guide-heading">
      <div class="card-head">
        <h2 id="guide-heading">Getting started</h2>
        <span class="head-end">
          <span class="muted small">{{ done() }} of {{ steps().length }} done</span>
          <button matButton="text" type="button" (click)="hide.emit()">Hide</button>
        </span>
      </div>
      <ol>
        @for (step of steps(); track step.title) {
          <li [attr.data-done]="step.done" [attr.data-next]="step === next()">
            <span class="mark">
              @if (step.done) {
                <ml-icon name="check" />
              } @else {
                {{ $index + 1 }}
              }
            </span>
            <div>
              <h3>
                {{ step.title }}<span class="sr-only">{{ step.done ? ' (done)' : ' (to do)' }}</span>
              </h3>
              <p class="muted">{{ step.text }}</p>
              @if (!step.done) {
                <a [routerLink]="step.link">{{ step.linkText }}</a>
              }
            </div>
          </li>
        }
      </ol>
    </section>
  `,
  styles: `
    .head-end {
      display: flex;
      align-items: center;
      gap: 0.5rem;
    }
    ol {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
      gap: 1.5rem;
      padding: 1.25rem;
    }
    li {
      display: flex;
      gap: 0.875rem;
    }
    li p {
      font-size: 0.875rem;
    }
    li a {
      display: inline-block;
      margin-top: 0.375rem;
      font-size: 0.875rem;
    }
    .mark {
      display: grid;
      place-items: center;
      flex: none;
      width: 1.75rem;
      height: 1.75rem;
      border: 1.5px solid var(--ml-line-strong);
      border-radius: 50%;
      color: var(--ml-ink-soft);
      font-size: 0.8125rem;
      font-weight: 600;
    }
    [data-next='true'] .mark {
      border-color: var(--ml-brand);
      background: var(--ml-brand);
      color: var(--ml-brand-ink);
    }
    [data-done='true'] .mark {
      border-color: transparent;
      background: var(--ml-ok-soft);
      color: var(--ml-ok);
    }
    .mark ml-icon {
      width: 1rem;
      height: 1rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FirstRunGuide {
  readonly steps = input.required<readonly FirstStep[]>();
  readonly hide = output();
  protected readonly done = computed(() => this.steps().filter((step) => step.done).length);
  protected readonly next = computed(() => this.steps().find((step) => !step.done));
}
