import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { AccountQuestion } from '@matterline/contracts';
import { Problem } from '../../../shared/api/problem';
import { Time } from '../../../shared/time/time';
import { ProblemNote } from '../../../shared/ui/problem-note';

/** Somebody signed in to another Smokeball account: says what would happen before it does. */
@Component({
  selector: 'ml-account-question-card',
  imports: [MatButton, ProblemNote, Time],
  template: `
    <section class="card" aria-labelledby="question-heading">
      <div class="card-head"><h2 id="question-heading">Go to another Smokeball account?</h2></div>
      <div class="card-body">
        <p>
          You signed in to <strong>{{ question().firm_name }}</strong>. Your firm belongs to
          <strong>{{ question().present_firm_name ?? 'another account' }}</strong>, and nothing has changed yet.
        </p>
        <p>
          If you go there, the links to {{ linked() }} in the present account are put aside. They are not used for the
          other account, and come back if you return. Edits that still wait for the present account are cancelled.
        </p>
        @if (problem(); as found) {
          <ml-problem-note doing="Your firm has not changed accounts." [problem]="found" />
        }
        <div class="actions">
          <button matButton="filled" type="button" [disabled]="busy()" (click)="confirmed.emit()">
            {{ busy() ? 'Changing accounts…' : 'Go to ' + question().firm_name }}
          </button>
        </div>
        <p class="muted small">
          To stay, do nothing: the question ends by itself (<ml-time [at]="question().expires_at" />).
        </p>
      </div>
    </section>
  `,
  styles: `
    .card-body {
      display: grid;
      gap: 0.875rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AccountQuestionCard {
  readonly question = input.required<AccountQuestion>();
  /** The change is under way. */
  readonly busy = input(false);
  readonly problem = input<Problem | null>(null);
  readonly confirmed = output();

  protected readonly linked = computed(() => {
    const { matters, contacts, documents } = this.question().links;
    return `${many(matters, 'matter')}, ${many(contacts, 'contact')} and ${many(documents, 'document')}`;
  });
}

function many(count: number, word: string): string {
  return count === 1 ? `one ${word}` : `${count} ${word}s`;
}
