import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Envelope, NamedOperationDetail } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { Session } from '../../../shared/session/session';
import { Time } from '../../../shared/time/time';
import { Banner } from '../../../shared/ui/banner';
import { CopyText } from '../../../shared/ui/copy-text';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { mayBeRetried, standingMeaning, TRIGGER_WORDS } from '../data/operation-words';
import { SYNC_URL } from '../data/sync-api';
import { needsMapping } from '../../../shared/operation/needs-mapping';
import { OperationStateChip } from '../ui/operation-state';
import { RetryButton } from '../ui/retry-button';
import { AttemptLog } from './attempt-log';
import { StepTimeline } from './step-timeline';

/** One operation: what it did step by step, every attempt and call, and the way out when it failed. */
@Component({
  selector: 'ml-operation-page',
  imports: [
    RouterLink,
    AttemptLog,
    Banner,
    CopyText,
    Loading,
    OperationStateChip,
    PageHeader,
    ProblemCard,
    ProblemNote,
    RetryButton,
    StepTimeline,
    Time,
  ],
  templateUrl: './operation-page.html',
  styles: `
    .state {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.375rem 0.75rem;
      margin-top: 0.375rem;
    }
    .columns {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
      align-items: start;
      gap: 1.25rem;
    }
    .attempts {
      overflow: hidden;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OperationPage {
  protected readonly session = inject(Session);

  readonly id = input.required<string>();
  protected readonly read = liveRead<Envelope<NamedOperationDetail>>(
    () => ({ url: `${SYNC_URL}/${encodeURIComponent(this.id())}` }),
    (change) => change.kind === 'operation' && change.id === this.id(),
  );
  protected readonly operation = computed(() => this.read.value()?.data);

  protected readonly triggers = TRIGGER_WORDS;
  protected readonly needsMapping = needsMapping;
  protected readonly meaning = standingMeaning;
  protected readonly canRetry = mayBeRetried;
}
