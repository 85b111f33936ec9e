import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { firstValueFrom } from 'rxjs';
import { ConnectionHealth } from '@matterline/contracts';
import { Problem } from '../../../shared/api/problem';
import { toProblem } from '../../../shared/api/to-problem';
import { Session } from '../../../shared/session/session';
import { Time } from '../../../shared/time/time';
import { Chip } from '../../../shared/ui/chip';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { ConnectionApi } from '../data/connection-api';
import { HOOK_WORDS } from '../data/connection-words';
import { daysWords, paceWords, tookWords, waitingWords } from '../data/health-words';

/** The connection's health: sign-in, events, rights and pace, and a test event from Smokeball and back. */
@Component({
  selector: 'ml-health-card',
  imports: [MatButton, Chip, ProblemNote, Time],
  templateUrl: './health-card.html',
  styleUrl: './health-card.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HealthCard {
  private readonly api = inject(ConnectionApi);
  private readonly session = inject(Session);

  readonly health = input.required<ConnectionHealth>();
  readonly changed = output();

  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly mayTest = computed(() => this.session.may('sync'));
  protected readonly hooks = computed(() => HOOK_WORDS[this.health().subscription.state]);
  protected readonly canTest = computed(() => this.health().subscription.state === 'active');
  protected readonly pace = computed(() => paceWords(this.health().rate_gate));
  protected readonly waiting = computed(() => waitingWords(this.health().rate_gate?.waiting ?? 0));
  protected readonly days = daysWords;
  protected readonly took = tookWords;

  protected async test(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      await firstValueFrom(this.api.sendTestEvent());
    } catch (thrown) {
      this.problem.set(toProblem(thrown));
    } finally {
      this.busy.set(false);
      this.changed.emit();
    }
  }
}
