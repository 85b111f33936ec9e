import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { Envelope, Matter, NamedOperation } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { toProblem } from '../../../shared/api/to-problem';
import { Notices } from '../../../shared/notices/notices';
import { Session } from '../../../shared/session/session';
import { needsMapping } from '../../../shared/operation/needs-mapping';
import { Banner } from '../../../shared/ui/banner';
import { Chip } from '../../../shared/ui/chip';
import { EmptyState } from '../../../shared/ui/empty-state';
import { Icon } from '../../../shared/ui/icon';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { OperationTable } from '../../sync/ui/operation-table';
import { MATTERS_URL, MattersApi } from '../data/matters-api';
import { LinkStateChip } from '../ui/link-state';
import { DocumentsCard } from './documents-card';
import { LinkCard } from './link-card';
import { PictureCard } from './picture-card';

interface MatterDetail extends Matter {
  readonly operations: readonly NamedOperation[];
}

/** One matter: what CaseHug says, where it stands in Smokeball, its documents and what was done lately. */
@Component({
  selector: 'ml-matter-page',
  imports: [
    RouterLink,
    MatButton,
    Banner,
    Chip,
    DocumentsCard,
    EmptyState,
    Icon,
    LinkCard,
    LinkStateChip,
    Loading,
    OperationTable,
    PageHeader,
    PictureCard,
    ProblemCard,
    ProblemNote,
  ],
  templateUrl: './matter-page.html',
  styles: `
    .chips {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
      margin-top: 0.375rem;
    }
    .columns {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
      align-items: start;
      gap: 1.25rem;
    }
    .list {
      overflow: hidden;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MatterPage {
  protected readonly session = inject(Session);
  private readonly api = inject(MattersApi);
  private readonly notices = inject(Notices);

  readonly id = input.required<string>();
  protected readonly read = liveRead<Envelope<MatterDetail>>(
    () => ({ url: `${MATTERS_URL}/${encodeURIComponent(this.id())}` }),
    (change) => change.kind === 'operation' || (change.kind === 'matter' && change.id === this.id()),
  );
  protected readonly matter = computed(() => this.read.value()?.data);
  /** Of what was last done to the matter itself. */
  protected readonly reported = computed(
    () =>
      this.matter()?.operations.find(({ kind }) => kind === 'matter.push' || kind === 'matter.update')?.notices ?? [],
  );
  protected readonly needsMapping = needsMapping;
  protected readonly starting = signal(false);

  protected async syncNow(): Promise<void> {
    if (this.starting()) return;
    this.starting.set(true);
    try {
      const skipped = await firstValueFrom(this.api.syncNow(this.id()));
      this.notices.tell(skipped ? `Nothing was started: ${skipped}` : 'This matter is being synced.');
    } catch (thrown) {
      this.notices.complain('The sync could not be started.', toProblem(thrown));
    } finally {
      this.starting.set(false);
      this.read.retry();
    }
  }
}
