import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { AccountQuestion, Connection, ConnectionHealth, Envelope } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { Problem } from '../../../shared/api/problem';
import { toProblem } from '../../../shared/api/to-problem';
import { Notices } from '../../../shared/notices/notices';
import { Session } from '../../../shared/session/session';
import { Banner } from '../../../shared/ui/banner';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { ConnectionApi, HEALTH_URL, STATUS_URL, SWITCH_URL } from '../data/connection-api';
import { healthBanner } from '../data/health-words';
import { returnBanner } from '../data/return-banner';
import { AccountQuestionCard } from './account-question-card';
import { GuideCard } from './guide-card';
import { HealthCard } from './health-card';
import { SettingsCard } from './settings-card';
import { SmokeballCard } from './smokeball-card';

/** Settings → Integrations. */
@Component({
  selector: 'ml-integrations-page',
  imports: [
    AccountQuestionCard,
    Banner,
    GuideCard,
    HealthCard,
    Loading,
    PageHeader,
    ProblemCard,
    ProblemNote,
    SettingsCard,
    SmokeballCard,
  ],
  template: `
    <ml-page-header
      above="Settings"
      heading="Integrations"
      text="Connect your CaseHug intake directly to Smokeball: matters, contacts and approved documents sync automatically."
    />
    <div class="stack">
      @if (banner(); as back) {
        <ml-banner [tone]="back.tone">
          <p>
            <strong>{{ back.heading }}</strong>
          </p>
          <p>{{ back.text }}</p>
        </ml-banner>
      }
      @if (warning(); as warned) {
        <ml-banner [tone]="warned.tone">
          <p>
            <strong>{{ warned.heading }}</strong>
          </p>
          <p>{{ warned.text }}</p>
        </ml-banner>
      }
      @if (question(); as open) {
        <ml-account-question-card
          [question]="open"
          [busy]="switching()"
          [problem]="switchProblem()"
          (confirmed)="switchTo(open.id)"
        />
      }
      <div class="columns">
        <div class="stack">
          @if (connection(); as now) {
            @if (read.problem(); as problem) {
              <ml-problem-note [problem]="problem" />
            }
            <ml-smokeball-card [connection]="now" (changed)="read.retry()" />
            @if (health(); as known) {
              <ml-health-card [health]="known" (changed)="healthRead.retry()" />
            }
            <ml-settings-card [settings]="now.settings" (changed)="read.retry()" />
          } @else if (read.problem(); as problem) {
            <ml-problem-card [problem]="problem" (again)="read.retry()" />
          } @else {
            <ml-loading [rows]="7" />
          }
        </div>
        <ml-guide-card />
      </div>
    </div>
  `,
  styles: `
    .columns {
      display: grid;
      grid-template-columns: minmax(0, 5fr) minmax(0, 3fr);
      align-items: start;
      gap: 1.25rem;
    }
    @media (max-width: 71.99rem) {
      .columns {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IntegrationsPage {
  private readonly session = inject(Session);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  private readonly api = inject(ConnectionApi);

  readonly connected = input<string>();
  readonly error = input<string>();

  protected readonly read = liveRead<Envelope<Connection>>(
    () => ({ url: STATUS_URL }),
    (change) => change.kind === 'connection',
  );
  protected readonly connection = computed(() => this.read.value()?.data);
  private readonly isOn = computed(() => {
    const state = this.connection()?.state;
    return state === 'connected' || state === 'degraded' || state === 'needs_reauth';
  });
  protected readonly healthRead = liveRead<Envelope<ConnectionHealth>>(
    () => (this.isOn() ? { url: HEALTH_URL } : undefined),
    (change) => change.kind === 'connection' || change.kind === 'event',
  );
  protected readonly health = computed(() => (this.isOn() ? this.healthRead.value()?.data : undefined));
  protected readonly warning = computed(() => {
    const health = this.health();
    return health ? healthBanner(health) : null;
  });
  private readonly questionRead = liveRead<Envelope<AccountQuestion>>(
    () => (this.error() === 'other_account' && this.session.may('connect') ? { url: SWITCH_URL } : undefined),
    (change) => change.kind === 'connection',
  );
  protected readonly question = computed(() =>
    this.questionRead.problem() ? undefined : this.questionRead.value()?.data,
  );
  protected readonly switching = signal(false);
  protected readonly switchProblem = signal<Problem | null>(null);
  protected readonly banner = computed(() => {
    // A reload of an old address must not claim a connection that has ended since.
    if (this.connected() && !this.error() && this.connection()?.connected === false) return null;
    return returnBanner(this.connected(), this.error());
  });

  protected async switchTo(id: string): Promise<void> {
    if (this.switching()) return;
    this.switching.set(true);
    this.switchProblem.set(null);
    try {
      await firstValueFrom(this.api.switchAccount(id));
      this.notices.tell('Your firm is connected to the other account.');
      await this.router.navigate([], { queryParams: { connected: 1 } });
      this.read.retry();
    } catch (thrown) {
      this.switchProblem.set(toProblem(thrown));
    } finally {
      this.switching.set(false);
    }
  }
}
