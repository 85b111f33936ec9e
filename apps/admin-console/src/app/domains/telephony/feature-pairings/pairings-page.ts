import { ChangeDetectionStrategy, Component, computed } from '@angular/core';
import { Listed, Pairing } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { Time } from '../../../shared/time/time';
import { EmptyState } from '../../../shared/ui/empty-state';
import { Icon } from '../../../shared/ui/icon';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { pairingWord } from '../data/pairing-words';

/** The pairing board: a green check for each extension that is paired, a red cross for each that is not. */
@Component({
  selector: 'ml-pairings-page',
  imports: [EmptyState, Icon, Loading, PageHeader, ProblemCard, ProblemNote, Time],
  templateUrl: './pairings-page.html',
  styles: `
    .list {
      overflow: hidden;
    }
    .verdict {
      display: inline-flex;
      align-items: center;
      gap: 0.625rem;
      color: var(--ml-bad);
      font-weight: 500;
      white-space: nowrap;
    }
    .mark {
      display: grid;
      place-items: center;
      width: 1.625rem;
      height: 1.625rem;
      border-radius: 50%;
      background: var(--ml-bad-soft);
    }
    .mark ml-icon {
      width: 1rem;
      height: 1rem;
    }
    .verdict[data-paired='true'] {
      color: var(--ml-ok);
    }
    .verdict[data-paired='true'] .mark {
      background: var(--ml-ok-soft);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PairingsPage {
  protected readonly read = liveRead<Listed<Pairing>>(
    () => ({ url: '/api/v1/console/pairings' }),
    (change) => change.kind === 'pairing',
  );
  protected readonly paired = computed(
    () => (this.read.value()?.data ?? []).filter((pairing) => pairing.state === 'paired').length,
  );
  protected readonly word = pairingWord;
}
