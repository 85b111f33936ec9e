import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { CaseType, Envelope, MappingSaved, Mappings } from '@matterline/contracts';
import { firstValueFrom } from 'rxjs';
import { liveRead } from '../../../shared/api/live-read';
import { Notices } from '../../../shared/notices/notices';
import { Session } from '../../../shared/session/session';
import { Banner } from '../../../shared/ui/banner';
import { Chip } from '../../../shared/ui/chip';
import { EmptyState } from '../../../shared/ui/empty-state';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { MAPPINGS_URL } from '../data/mapping-api';
import { caseTypeTitle, mappingWord } from '../data/mapping-words';
import { ChooseTypeDialog, ChooseTypeQuestion } from './choose-type-dialog';

/** Settings → Mapping: what CaseHug’s case types become in Smokeball. */
@Component({
  selector: 'ml-mapping-page',
  imports: [MatButton, Banner, Chip, EmptyState, Loading, PageHeader, ProblemCard, ProblemNote],
  templateUrl: './mapping-page.html',
  styles: `
    .list {
      overflow: hidden;
    }
    .becomes {
      min-width: 11rem;
    }
    td.end button {
      margin-block: -0.25rem;
    }
    @media (max-width: 47.99rem) {
      td.end {
        margin-top: 0.25rem;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MappingPage {
  private readonly dialogs = inject(MatDialog);
  private readonly notices = inject(Notices);
  protected readonly session = inject(Session);

  protected readonly read = liveRead<Envelope<Mappings>>(
    () => ({ url: MAPPINGS_URL }),
    (change) => change.kind === 'matter' || change.kind === 'operation',
  );
  protected readonly rows = computed(() => this.read.value()?.data.case_types ?? []);
  /** Nothing was sent and nothing was decided yet. */
  protected readonly isEmpty = computed(() =>
    this.rows().every((row) => isEverythingElse(row) && row.mapping === null),
  );
  protected readonly waiting = computed(() => this.rows().reduce((sum, row) => sum + row.matters_waiting, 0));
  protected readonly isBlind = computed(() => this.rows().some((row) => row.problem?.code === 'not_connected'));
  protected readonly mayChange = computed(() => this.session.may('change_settings'));

  protected readonly title = caseTypeTitle;
  protected readonly word = mappingWord;
  protected readonly isEverythingElse = isEverythingElse;

  protected async choose(row: CaseType): Promise<void> {
    const locations = this.read.value()?.data.locations ?? [];
    const dialog = this.dialogs.open<ChooseTypeDialog, ChooseTypeQuestion, MappingSaved | 'removed'>(ChooseTypeDialog, {
      data: { row, locations },
      width: '40rem',
      maxWidth: 'calc(100vw - 2rem)',
    });
    const done = await firstValueFrom(dialog.afterClosed());
    if (done === undefined) return;
    this.notices.tell(done === 'removed' ? 'Your choice was taken back.' : savedWords(done));
    this.read.retry();
  }
}

const isEverythingElse = (row: CaseType) => row.case_type === null && row.practice_area === null;

function savedWords({ resumed }: MappingSaved): string {
  if (resumed === 0) return 'Saved. New matters follow it.';
  return resumed === 1 ? 'Saved. The waiting matter goes on now.' : `Saved. ${resumed} waiting matters go on now.`;
}
