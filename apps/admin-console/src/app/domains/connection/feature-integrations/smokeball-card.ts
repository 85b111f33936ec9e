import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { Connection } from '@matterline/contracts';
import { Problem } from '../../../shared/api/problem';
import { toProblem } from '../../../shared/api/to-problem';
import { Notices } from '../../../shared/notices/notices';
import { Session } from '../../../shared/session/session';
import { Now } from '../../../shared/time/now';
import { Time } from '../../../shared/time/time';
import { Chip } from '../../../shared/ui/chip';
import { CopyText } from '../../../shared/ui/copy-text';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { safeLink } from '../../../shared/ui/safe-link';
import { ConnectionApi } from '../data/connection-api';
import { CONNECTION_MEANINGS, ENVIRONMENT_WORDS, HOOK_WORDS, REGION_WORDS } from '../data/connection-words';
import { LEAVE_TO } from '../data/leave-to';
import { ConnectionStateChip } from '../ui/connection-state';
import { DisconnectDialog } from './disconnect-dialog';

const WARN_BEFORE_MS = 14 * 86_400_000;

/** The Smokeball card: state, connect, disconnect, and the facts that support asks for. */
@Component({
  selector: 'ml-smokeball-card',
  imports: [MatButton, Chip, ConnectionStateChip, CopyText, ProblemNote, Time],
  templateUrl: './smokeball-card.html',
  styleUrl: './smokeball-card.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SmokeballCard {
  private readonly api = inject(ConnectionApi);
  private readonly session = inject(Session);
  private readonly dialogs = inject(MatDialog);
  private readonly notices = inject(Notices);
  private readonly leaveTo = inject(LEAVE_TO);
  private readonly now = inject(Now);

  readonly connection = input.required<Connection>();
  readonly changed = output();

  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly mayConnect = computed(() => this.session.may('connect'));
  protected readonly firmId = computed(() => this.session.firm()?.id ?? '');
  protected readonly meaning = computed(() => CONNECTION_MEANINGS[this.connection().state]);
  protected readonly hooks = computed(() => HOOK_WORDS[this.connection().webhooks.state]);
  protected readonly expiresSoon = computed(() => {
    const until = this.connection().refresh_expires_at;
    return until !== null && Date.parse(until) - this.now.ms() < WARN_BEFORE_MS;
  });
  protected readonly regions = REGION_WORDS;
  protected readonly environments = ENVIRONMENT_WORDS;

  protected async connect(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      const target = safeLink(await firstValueFrom(this.api.authorizationUrl()));
      if (!target) throw new Error('The consent page has no web address.');
      this.leaveTo(target);
    } catch (thrown) {
      this.problem.set(toProblem(thrown));
      this.busy.set(false);
    }
  }

  protected async disconnect(): Promise<void> {
    const dialog = this.dialogs.open<DisconnectDialog, string, boolean>(DisconnectDialog, {
      data: this.connection().firm_name ?? 'Your firm',
      width: '32rem',
    });
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    this.notices.tell('Disconnected from Smokeball.');
    this.changed.emit();
  }
}
