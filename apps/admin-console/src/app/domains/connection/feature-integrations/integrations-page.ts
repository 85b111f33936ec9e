import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Connection, Envelope } from '@matterline/contracts';
import { liveRead } from '../../../shared/api/live-read';
import { Banner } from '../../../shared/ui/banner';
import { Loading } from '../../../shared/ui/loading';
import { PageHeader } from '../../../shared/ui/page-header';
import { ProblemCard } from '../../../shared/ui/problem-card';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { STATUS_URL } from '../data/connection-api';
import { returnBanner } from '../data/return-banner';
import { GuideCard } from './guide-card';
import { SettingsCard } from './settings-card';
import { SmokeballCard } from './smokeball-card';

/** Settings → Integrations. */
@Component({
  selector: 'ml-integrations-page',
  imports: [Banner, GuideCard, Loading, PageHeader, ProblemCard, ProblemNote, SettingsCard, SmokeballCard],
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
      <div class="columns">
        <div class="stack">
          @if (connection(); as now) {
            @if (read.problem(); as problem) {
              <ml-problem-note [problem]="problem" />
            }
            <ml-smokeball-card [connection]="now" (changed)="read.retry()" />
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
  readonly connected = input<string>();
  readonly error = input<string>();

  protected readonly read = liveRead<Envelope<Connection>>(
    () => ({ url: STATUS_URL }),
    (change) => change.kind === 'connection',
  );
  protected readonly connection = computed(() => this.read.value()?.data);
  protected readonly banner = computed(() => {
    // A reload of an old address must not claim a connection that has ended since.
    if (this.connected() && !this.error() && this.connection()?.connected === false) return null;
    return returnBanner(this.connected(), this.error());
  });
}
