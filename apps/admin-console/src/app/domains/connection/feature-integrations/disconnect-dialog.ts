import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { Problem } from '../../../shared/api/problem';
import { toProblem } from '../../../shared/api/to-problem';
import { Icon } from '../../../shared/ui/icon';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { ConnectionApi } from '../data/connection-api';

/** Says what goes and what stays before anything happens. Closes with true when disconnected. */
@Component({
  selector: 'ml-disconnect-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, Icon, ProblemNote],
  template: `
    <h2 mat-dialog-title>Disconnect from Smokeball?</h2>
    <mat-dialog-content>
      <p>{{ firmName }} will no longer receive anything from CaseHug until you connect again.</p>
      <h3>This goes at once</h3>
      <ul>
        <li class="goes"><ml-icon name="close" />The stored access to your Smokeball account (tokens)</li>
        <li class="goes"><ml-icon name="close" />The webhook registration: changes in Smokeball no longer arrive</li>
      </ul>
      <h3>This stays</h3>
      <ul>
        <li class="stays"><ml-icon name="check" />The links between matters here and in Smokeball</li>
        <li class="stays"><ml-icon name="check" />The sync history</li>
        <li class="stays"><ml-icon name="check" />All your data in both systems</li>
      </ul>
      @if (problem(); as found) {
        <ml-problem-note doing="You are still connected." [problem]="found" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="text" type="button" mat-dialog-close>Stay connected</button>
      <button matButton="filled" class="danger" type="button" [disabled]="busy()" (click)="disconnect()">
        {{ busy() ? 'Disconnecting…' : 'Disconnect' }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    h3 {
      margin: 1.25rem 0 0.5rem;
      color: var(--ml-ink);
    }
    li {
      display: flex;
      gap: 0.625rem;
      padding: 0.1875rem 0;
    }
    .goes ml-icon {
      color: var(--ml-bad);
    }
    .stays ml-icon {
      color: var(--ml-ok);
    }
    ml-problem-note {
      display: block;
      margin-top: 1rem;
    }
    .danger:not([disabled]) {
      --mat-button-filled-container-color: var(--ml-bad);
      --mat-button-filled-label-text-color: var(--ml-card);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DisconnectDialog {
  private readonly api = inject(ConnectionApi);
  private readonly dialog = inject<MatDialogRef<DisconnectDialog, boolean>>(MatDialogRef);
  protected readonly firmName = inject<string>(MAT_DIALOG_DATA);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected async disconnect(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      await firstValueFrom(this.api.disconnect());
      this.dialog.close(true);
    } catch (thrown) {
      this.problem.set(toProblem(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
