import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { map, Observable } from 'rxjs';
import { Envelope, RetryStart } from '@matterline/contracts';

export const SYNC_URL = '/api/v1/integrations/smokeball/sync';

export type OperationFilter = Readonly<Record<string, string>>;

/** What a person may set in motion. Source: docs/http-api.md#sync. */
@Injectable({ providedIn: 'root' })
export class SyncApi {
  private readonly http = inject(HttpClient);

  retry(operationId: string): Observable<unknown> {
    return this.http.post(`${SYNC_URL}/${encodeURIComponent(operationId)}/retry`, null);
  }

  /** How many operations a retry of all that match would re-open; changes nothing. */
  countRetries(filter: OperationFilter): Observable<number> {
    return this.retryMatching(filter, true);
  }

  retryAll(filter: OperationFilter): Observable<number> {
    return this.retryMatching(filter, false);
  }

  private retryMatching(filter: OperationFilter, dryRun: boolean): Observable<number> {
    return this.http
      .post<Envelope<RetryStart>>(`${SYNC_URL}/retry`, { filter, dry_run: dryRun })
      .pipe(map((answer) => answer.data.accepted));
  }
}
