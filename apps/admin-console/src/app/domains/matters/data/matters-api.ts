import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { map, Observable } from 'rxjs';
import { Envelope, SyncStart } from '@matterline/contracts';

export const MATTERS_URL = '/api/v1/matters';

/** Source: docs/http-api.md#sync. */
@Injectable({ providedIn: 'root' })
export class MattersApi {
  private readonly http = inject(HttpClient);

  /** Null when it was started, otherwise the reason why it was skipped. */
  syncNow(matterId: string): Observable<string | null> {
    return this.http
      .post<Envelope<SyncStart>>('/api/v1/integrations/smokeball/sync', { matter_ids: [matterId] })
      .pipe(map((answer) => answer.data.skipped[0]?.reason ?? null));
  }
}
