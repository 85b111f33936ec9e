import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Problem } from '../api/problem';
import { Banner } from './banner';

/** A problem beside content that stays: an action that failed, or a refresh that did. */
@Component({
  selector: 'ml-problem-note',
  imports: [Banner],
  template: `
    <ml-banner tone="bad">
      <p>
        <strong>{{ doing() }}</strong> {{ problem().message }}
      </p>
      @if (problem().hint) {
        <p>{{ problem().hint }}</p>
      }
      @if (problem().requestId) {
        <p class="small">
          Request id: <span class="mono">{{ problem().requestId }}</span>
        </p>
      }
      <ng-content />
    </ml-banner>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProblemNote {
  readonly problem = input.required<Problem>();
  readonly doing = input('This could not be refreshed.');
}
