import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { ReviewDecisionRequest } from '@matterline/contracts';
import { Observable } from 'rxjs';

export const REVIEWS_URL = '/api/v1/console/contact-reviews';
export const INDEX_URL = '/api/v1/console/contact-index';

const urlOf = (clientId: string) => `${REVIEWS_URL}/${encodeURIComponent(clientId)}`;

/** What a person does with a client of whom it is not sure who they are. Source: docs/http-api.md#console-contact-reviews. */
@Injectable({ providedIn: 'root' })
export class ReviewApi {
  private readonly http = inject(HttpClient);

  decide(clientId: string, decision: ReviewDecisionRequest): Observable<unknown> {
    return this.http.post(`${urlOf(clientId)}/decision`, decision);
  }

  undo(clientId: string): Observable<unknown> {
    return this.http.delete(`${urlOf(clientId)}/decision`);
  }

  /** 0 days bring it back. */
  postpone(clientId: string, days: number): Observable<unknown> {
    return this.http.post(`${urlOf(clientId)}/postpone`, { days });
  }
}
