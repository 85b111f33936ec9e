import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { ChangeKind } from '@matterline/contracts';
import { filter, map, type Observable, Subject } from 'rxjs';
import type { FirmScope } from '../database/firm-scope';
import { ProcessLink } from '../database/process-link';

const CHANNEL = 'matterline_changes';

export interface ChangeNotice {
  readonly kind: ChangeKind;
  readonly id: string;
}

/** Tells the live pages of a firm, in every process, that a record changed. Ids only; the page reads the record itself. */
@Injectable()
export class ChangeNotices implements BeforeApplicationShutdown {
  private readonly all = new Subject<ChangeNotice & { firmId: string }>();

  constructor(private readonly link: ProcessLink) {
    this.link.listen(CHANNEL, (payload) => this.all.next(JSON.parse(payload) as ChangeNotice & { firmId: string }));
  }

  /** Sent when the scope's transaction commits, by PostgreSQL itself. */
  async announce(scope: FirmScope, notice: ChangeNotice): Promise<void> {
    await scope.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify({ ...notice, firmId: scope.firmId })]);
  }

  /** Those of every firm, for what this process keeps in mind. */
  everywhere(): Observable<ChangeNotice & { readonly firmId: string }> {
    return this.all.asObservable();
  }

  of(firmId: string): Observable<ChangeNotice> {
    return this.all.pipe(
      filter((notice) => notice.firmId === firmId),
      map(({ kind, id }) => ({ kind, id })),
    );
  }

  /** Ends the live pages' streams, which would otherwise keep the server from closing. */
  beforeApplicationShutdown(): void {
    this.all.complete();
  }
}
