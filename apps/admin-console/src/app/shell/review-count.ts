import { computed, Injectable } from '@angular/core';
import { ContactReview, Listed } from '@matterline/contracts';
import { liveRead } from '../shared/api/live-read';

/** How many clients wait for a person's decision; 0 while that is not known. */
@Injectable({ providedIn: 'root' })
export class ReviewCount {
  private readonly read = liveRead<Listed<ContactReview>>(
    () => ({ url: '/api/v1/console/contact-reviews', params: { per_page: 1 } }),
    (change) => change.kind === 'review',
  );

  readonly waiting = computed(() => this.read.value()?.pagination.total ?? 0);
}
