import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { ContactReview, ReviewDecisionRequest } from '@matterline/contracts';
import { firstValueFrom, Observable } from 'rxjs';
import { toProblem } from '../../../shared/api/to-problem';
import { Notices } from '../../../shared/notices/notices';
import { Session } from '../../../shared/session/session';
import { Time } from '../../../shared/time/time';
import { Banner } from '../../../shared/ui/banner';
import { ReviewApi } from '../data/review-api';
import { KIND_WORDS } from '../data/review-words';
import { CandidateCard } from './candidate-card';

const LATER_DAYS = 7;

/** One client, who they could be, and what can be decided. */
@Component({
  selector: 'ml-review-card',
  imports: [RouterLink, MatButton, Banner, CandidateCard, Time],
  templateUrl: './review-card.html',
  styles: `
    .card-body,
    .banner-row {
      display: grid;
      gap: 1rem;
    }
    .candidates {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
      gap: 0.875rem;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
    }
    .banner-row {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 0.5rem 1rem;
    }
    .client {
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReviewCard {
  private readonly api = inject(ReviewApi);
  private readonly notices = inject(Notices);
  private readonly session = inject(Session);

  readonly review = input.required<ContactReview>();
  /** Something was decided, or somebody else was quicker. */
  readonly changed = output();
  protected readonly busy = signal(false);

  protected readonly mayDecide = computed(() => this.session.may('sync') && this.review().decision === null);
  protected readonly mayUndo = computed(() => this.session.may('sync') && this.review().decision !== null);
  protected readonly facts = computed(() => {
    const { kind, email, phones, address } = this.review();
    return [KIND_WORDS[kind], email, ...phones, address].filter(Boolean).join(' · ');
  });
  protected readonly chosenName = computed(() => {
    const id = this.review().decision?.contact_id;
    return this.review().candidates.find((candidate) => candidate.contact_id === id)?.name ?? 'the chosen contact';
  });

  protected decide(decision: ReviewDecisionRequest): Promise<void> {
    return this.run(this.api.decide(this.review().client_id, decision), 'The decision could not be taken.');
  }

  protected undo(): Promise<void> {
    return this.run(this.api.undo(this.review().client_id), 'The decision could not be taken back.');
  }

  protected later(): Promise<void> {
    const isAway = this.review().postponed_until !== null;
    const days = isAway ? 0 : LATER_DAYS;
    return this.run(this.api.postpone(this.review().client_id, days), 'It could not be put aside.');
  }

  private async run(request: Observable<unknown>, failure: string): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    try {
      await firstValueFrom(request);
    } catch (thrown) {
      this.notices.complain(failure, toProblem(thrown));
    } finally {
      this.busy.set(false);
      this.changed.emit();
    }
  }
}
