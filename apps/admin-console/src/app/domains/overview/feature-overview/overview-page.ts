import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Envelope, Listed, Overview } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { durationWords } from '../../../shared/time/duration-words';
import { FirmFormat } from '../../../shared/time/firm-format';
import { Time } from '../../../shared/time/time';
import { Icon } from '../../../shared/ui/icon';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { HOOK_WORDS } from '../../connection/data/connection-words';
import { ConnectionStateChip } from '../../connection/ui/connection-state';
import { firstSteps } from '../data/first-steps';
import { GuideChoice } from '../data/guide-choice';
import { verdict } from '../data/verdict';
import { HourBars } from '../ui/hour-bars';
import { AttentionCard } from './attention-card';
import { FirstRunGuide } from './first-run-guide';

/** Is everything all right, in one look. */
@Component({
  selector: 'ml-overview-page',
  imports: [
    RouterLink,
    AttentionCard,
    ConnectionStateChip,
    FirstRunGuide,
    HourBars,
    Icon,
    Loading,
    PageHeader,
    ProblemCard,
    ProblemNote,
    Time,
  ],
  templateUrl: './overview-page.html',
  styleUrl: './overview-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OverviewPage {
  private readonly format = inject(FirmFormat);
  private readonly guide = inject(GuideChoice);

  protected readonly read = liveRead<Envelope<Overview>>(
    () => ({ url: '/api/v1/console/overview' }),
    (change) => change.kind !== 'pairing',
  );
  protected readonly overview = computed(() => this.read.value()?.data);
  protected readonly verdict = computed(() => {
    const now = this.overview();
    return now && verdict(now);
  });

  protected readonly guideWanted = signal(!this.guide.hidden());

  private readonly confirmed = liveRead<Listed<unknown>>(
    () => (this.guideWanted() ? { url: '/api/v1/matters', params: { state: 'confirmed', per_page: 1 } } : undefined),
    (change) => change.kind === 'matter',
  );
  private readonly pairings = liveRead<Listed<{ readonly state: string }>>(
    () => (this.guideWanted() ? { url: '/api/v1/console/pairings' } : undefined),
    (change) => change.kind === 'pairing',
  );
  protected readonly steps = computed(() =>
    firstSteps({
      connection: this.overview()?.connection.state ?? 'disconnected',
      matterSynced: (this.confirmed.value()?.data.length ?? 0) > 0,
      phonePaired: (this.pairings.value()?.data ?? []).some((pairing) => pairing.state === 'paired'),
    }),
  );
  protected readonly showGuide = computed(() => {
    const known = this.confirmed.value() !== undefined && this.pairings.value() !== undefined;
    return this.guideWanted() && known && this.steps().some((step) => !step.done);
  });

  /** A chart of nothing says nothing. */
  protected readonly busyDay = computed(() =>
    (this.overview()?.series ?? []).some((hour) => hour.synced + hour.failed > 0),
  );

  protected readonly hooks = HOOK_WORDS;
  protected readonly eta = durationWords;

  protected number(value: number): string {
    return this.format.number(value);
  }

  protected hideGuide(): void {
    this.guide.hide();
    this.guideWanted.set(false);
  }
}
