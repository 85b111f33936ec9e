import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Problem, ProblemKind } from '../api/problem';
import { CopyText } from './copy-text';
import { Icon } from './icon';
import { IconName } from './icon-paths';

const FACES: Readonly<Record<ProblemKind, { readonly icon: IconName; readonly heading: string }>> = {
  denied: { icon: 'lock', heading: 'You may not see this' },
  missing: { icon: 'search', heading: 'Not found' },
  offline: { icon: 'offline', heading: 'No connection' },
  failed: { icon: 'alert', heading: 'This could not be loaded' },
};

/** In place of content that could not be had: what happened, what to do, and the id to quote. */
@Component({
  selector: 'ml-problem-card',
  imports: [MatButton, Icon, CopyText],
  template: `
    <section class="card" role="alert" [attr.data-kind]="problem().kind">
      <span class="mark"><ml-icon [name]="face().icon" /></span>
      <h2>{{ face().heading }}</h2>
      <p>{{ problem().message }}</p>
      @if (problem().hint) {
        <p class="muted">{{ problem().hint }}</p>
      }
      @if (problem().kind === 'failed' || problem().kind === 'offline') {
        <button matButton="tonal" type="button" (click)="again.emit()">Try again</button>
      }
      @if (problem().requestId; as id) {
        <p class="quote muted small">Request id to quote: <ml-copy-text [text]="id" label="request id" /></p>
      }
    </section>
  `,
  styles: `
    section {
      display: grid;
      justify-items: center;
      gap: 0.5rem;
      padding: 3rem 1.5rem;
      text-align: center;
    }
    .mark {
      display: grid;
      place-items: center;
      width: 3rem;
      height: 3rem;
      margin-bottom: 0.5rem;
      border-radius: 50%;
      background: var(--ml-bad-soft);
      color: var(--ml-bad);
    }
    [data-kind='denied'] .mark,
    [data-kind='missing'] .mark {
      background: var(--ml-quiet-soft);
      color: var(--ml-quiet);
    }
    p {
      max-width: 34rem;
    }
    button {
      margin-top: 0.5rem;
    }
    .quote {
      margin-top: 0.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProblemCard {
  readonly problem = input.required<Problem>();
  readonly again = output();
  protected readonly face = computed(() => FACES[this.problem().kind]);
}
