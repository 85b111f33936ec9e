import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { Router, RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { Listed, NamedOperation } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { Notices } from '../../../shared/notices/notices';
import { Session } from '../../../shared/session/session';
import { FirmFormat } from '../../../shared/time/firm-format';
import { EmptyState } from '../../../shared/ui/empty-state';
import { Icon } from '../../../shared/ui/icon';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { pageNumber } from '../../../shared/ui/page-number';
import { Pager } from '../../../shared/ui/pager';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { updateQuery } from '../../../shared/ui/update-query';
import { HistoryFilters, historyQuery } from '../data/history-query';
import { SYNC_URL } from '../data/sync-api';
import { OperationTable } from '../ui/operation-table';
import { HistoryFilterBar } from './history-filters';
import { RetryAllDialog } from './retry-all-dialog';

/** The history of operations. Every filter is an input because it stands in the address. */
@Component({
  selector: 'ml-history-page',
  imports: [
    RouterLink,
    MatButton,
    EmptyState,
    HistoryFilterBar,
    Icon,
    Loading,
    OperationTable,
    PageHeader,
    Pager,
    ProblemCard,
    ProblemNote,
  ],
  templateUrl: './history-page.html',
  styles: `
    .list {
      overflow: hidden;
    }
    .only {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HistoryPage {
  protected readonly session = inject(Session);
  private readonly format = inject(FirmFormat);
  private readonly dialogs = inject(MatDialog);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  protected readonly update = updateQuery();

  readonly state = input<string>();
  readonly kind = input<string>();
  readonly error_code = input<string>();
  readonly matter_id = input<string>();
  readonly q = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  readonly page = input<string>();

  protected readonly filters = computed<HistoryFilters>(() => ({
    state: this.state(),
    kind: this.kind(),
    error_code: this.error_code(),
    matter_id: this.matter_id(),
    q: this.q(),
    from: this.from(),
    to: this.to(),
  }));
  private readonly query = computed(() => historyQuery(this.filters(), this.format.timeZone()));
  protected readonly filtered = computed(() => Object.keys(this.query()).length > 0);

  protected readonly read = liveRead<Listed<NamedOperation>>(
    () => ({ url: SYNC_URL, params: { ...this.query(), page: pageNumber(this.page()) } }),
    (change) => change.kind === 'operation',
  );
  protected readonly shown = this.read.value;
  protected readonly seenCodes = computed(() =>
    (this.shown()?.data ?? []).flatMap((operation) => (operation.error ? [operation.error.code] : [])),
  );

  protected clear(): void {
    void this.router.navigate(['/sync-history']);
  }

  protected async retryAll(): Promise<void> {
    const dialog = this.dialogs.open<RetryAllDialog, Record<string, string>, number>(RetryAllDialog, {
      data: this.query(),
      width: '30rem',
    });
    const started = await firstValueFrom(dialog.afterClosed());
    if (!started) return;
    this.notices.tell(
      `${this.format.number(started)} ${started === 1 ? 'operation is' : 'operations are'} being tried again.`,
    );
    this.read.retry();
  }
}
