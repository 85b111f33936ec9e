import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { ContactIndex, ContactReview, Envelope, Listed } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { FirmFormat } from '../../../shared/time/firm-format';
import { EmptyState } from '../../../shared/ui/empty-state';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { pageNumber } from '../../../shared/ui/page-number';
import { Pager } from '../../../shared/ui/pager';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { INDEX_URL, REVIEWS_URL } from '../data/review-api';
import { indexWords } from '../data/review-words';
import { ReviewCard } from './review-card';

/** Clients who could be several Smokeball contacts, or unsurely one: a person decides. */
@Component({
  selector: 'ml-review-page',
  imports: [RouterLink, MatButton, EmptyState, Loading, PageHeader, Pager, ProblemCard, ProblemNote, ReviewCard],
  templateUrl: './review-page.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReviewPage {
  private readonly format = inject(FirmFormat);

  readonly state = input<string>();
  readonly page = input<string>();

  protected readonly isPostponed = computed(() => this.state() === 'postponed');
  protected readonly read = liveRead<Listed<ContactReview>>(
    () => ({
      url: REVIEWS_URL,
      params: { state: this.isPostponed() ? 'postponed' : 'waiting', page: pageNumber(this.page()) },
    }),
    (change) => change.kind === 'review',
  );
  private readonly index = liveRead<Envelope<ContactIndex>>(
    () => ({ url: INDEX_URL }),
    (change) => change.kind === 'connection',
  );
  protected readonly known = computed(() => indexWords(this.index.value()?.data, (value) => this.format.number(value)));
}
