import { HttpClient, HttpHeaders } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { map, Observable } from 'rxjs';
import { Authorization, Connection, Done, Envelope, FirmSettings, TestEvent } from '@matterline/contracts';

const BASE = '/api/v1/integrations/smokeball';
export const STATUS_URL = `${BASE}/status`;
export const HEALTH_URL = `${BASE}/health`;
export const SWITCH_URL = `${BASE}/connection/switch`;

/** Source: docs/http-api.md#connection. */
@Injectable({ providedIn: 'root' })
export class ConnectionApi {
  private readonly http = inject(HttpClient);

  /** The address of Smokeball's consent page, good for ten minutes. */
  authorizationUrl(): Observable<string> {
    const headers = new HttpHeaders({ Accept: 'application/json' });
    return this.http
      .get<Envelope<Authorization>>(`${BASE}/connect`, { headers })
      .pipe(map((answer) => answer.data.authorization_url));
  }

  disconnect(): Observable<unknown> {
    return this.http.post<Envelope<Done>>(`${BASE}/disconnect`, null);
  }

  /** Has Smokeball send us an event. */
  sendTestEvent(): Observable<unknown> {
    return this.http.post<Envelope<TestEvent>>(`${HEALTH_URL}/test-event`, null);
  }

  /** Goes to the other Smokeball account that a question is about. */
  switchAccount(id: string): Observable<unknown> {
    return this.http.post<Envelope<Done>>(SWITCH_URL, { id });
  }

  change(settings: Partial<FirmSettings>): Observable<Connection> {
    return this.http.patch<Envelope<Connection>>(STATUS_URL, { settings }).pipe(map((answer) => answer.data));
  }
}
