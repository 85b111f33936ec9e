import { HttpClient, HttpHeaders } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { map, Observable } from 'rxjs';
import { Authorization, Connection, Done, Envelope, FirmSettings } from '@matterline/contracts';

const BASE = '/api/v1/integrations/smokeball';
export const STATUS_URL = `${BASE}/status`;

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

  change(settings: Partial<FirmSettings>): Observable<Connection> {
    return this.http.patch<Envelope<Connection>>(STATUS_URL, { settings }).pipe(map((answer) => answer.data));
  }
}
