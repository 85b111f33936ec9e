import { HttpClient, HttpHeaders } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { map, Observable } from 'rxjs';
import { Envelope } from '../../../shared/api/envelope';
import { Connection, ConnectionSettings } from './connection';

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
      .get<Envelope<{ readonly authorization_url: string }>>(`${BASE}/connect`, { headers })
      .pipe(map((answer) => answer.data.authorization_url));
  }

  disconnect(): Observable<unknown> {
    return this.http.post(`${BASE}/disconnect`, null);
  }

  change(settings: Partial<ConnectionSettings>): Observable<Connection> {
    return this.http.patch<Envelope<Connection>>(STATUS_URL, { settings }).pipe(map((answer) => answer.data));
  }
}
