import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { ContactReview } from '@matterline/contracts';
import { Chip } from '../../../shared/ui/chip';
import { Icon } from '../../../shared/ui/icon';
import { safeLink } from '../../../shared/ui/safe-link';
import { KIND_WORDS } from '../data/review-words';

/** A Smokeball contact that the client could be, with what speaks for it and against it. */
@Component({
  selector: 'ml-candidate-card',
  imports: [MatButton, Chip, Icon],
  template: `
    <div class="head">
      <h3>{{ candidate().name }}</h3>
      <ml-chip [tone]="candidate().likely ? 'ok' : 'quiet'">{{ candidate().likely ? 'Likely' : 'Doubtful' }}</ml-chip>
    </div>
    <p class="muted small">{{ facts() }}</p>
    <ul class="reasons">
      @for (reason of candidate().reasons_for; track reason) {
        <li data-for="true">
          <ml-icon name="check" /><span><span class="sr-only">For: </span>{{ reason }}</span>
        </li>
      }
      @for (reason of candidate().reasons_against; track reason) {
        <li data-for="false">
          <ml-icon name="close" /><span><span class="sr-only">Against: </span>{{ reason }}</span>
        </li>
      }
    </ul>
    <div class="actions">
      @if (mayDecide()) {
        <button
          matButton="outlined"
          type="button"
          [disabled]="busy()"
          [attr.aria-label]="'Link to ' + candidate().name"
          (click)="chosen.emit()"
        >
          Link to this contact
        </button>
      }
      @if (address(); as url) {
        <a matButton="text" [href]="url" target="_blank" rel="noopener noreferrer">
          <ml-icon name="external" />Open in Smokeball<span class="sr-only"> (opens in a new tab)</span>
        </a>
      }
    </div>
  `,
  styles: `
    :host {
      display: grid;
      align-content: start;
      gap: 0.625rem;
      padding: 1rem;
      border: 1px solid var(--ml-line);
      border-radius: 12px;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .head,
    .actions {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem;
    }
    .head {
      justify-content: space-between;
    }
    .reasons {
      display: grid;
      gap: 0.25rem;
    }
    li {
      display: flex;
      gap: 0.5rem;
    }
    li ml-icon {
      flex: none;
      width: 1.125rem;
      height: 1.125rem;
      margin-top: 0.1875rem;
      color: var(--ml-ok);
    }
    li[data-for='false'] ml-icon {
      color: var(--ml-bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CandidateCard {
  readonly candidate = input.required<ContactReview['candidates'][number]>();
  readonly mayDecide = input(false);
  readonly busy = input(false);
  readonly chosen = output();

  protected readonly address = computed(() => safeLink(this.candidate().url));
  protected readonly facts = computed(() => {
    const { kind, email, phones, address } = this.candidate();
    return [KIND_WORDS[kind], email, ...phones, address].filter(Boolean).join(' · ');
  });
}
