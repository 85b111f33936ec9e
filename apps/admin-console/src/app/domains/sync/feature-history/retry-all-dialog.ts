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
import { FirmFormat } from '../../../shared/time/firm-format';
import { ProblemNote } from '../../../shared/ui/problem-note';
import { OperationFilter, SyncApi } from '../data/sync-api';

/** Counts first, asks, then retries all that match. Closes with the number that was started. */
@Component({
  selector: 'ml-retry-all-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, ProblemNote],
  template: `
    <h2 mat-dialog-title>Retry all that match</h2>
    <mat-dialog-content>
      <div role="status">
        @if (count() === null && !problem()) {
          <p>Counting what would be retried…</p>
        } @else if (count() === 0) {
          <p>Nothing that matches the filters can be retried: only failed and held operations can.</p>
        } @else if (count() !== null) {
          <p>
            <strong>{{ number() }}</strong> will be tried again, in their original order. Nothing is created twice: each
            one is looked for in Smokeball first.
          </p>
        }
      </div>
      @if (problem(); as found) {
        <ml-problem-note doing="The retry could not be started." [problem]="found" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="text" type="button" mat-dialog-close>{{ count() === 0 ? 'Close' : 'Cancel' }}</button>
      @if (count()) {
        <button matButton="filled" type="button" [disabled]="busy()" (click)="start()">
          {{ busy() ? 'Starting…' : 'Retry ' + number() }}
        </button>
      }
    </mat-dialog-actions>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RetryAllDialog {
  private readonly api = inject(SyncApi);
  private readonly format = inject(FirmFormat);
  private readonly filter = inject<OperationFilter>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<RetryAllDialog, number>>(MatDialogRef);

  protected readonly count = signal<number | null>(null);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  constructor() {
    void this.run(async () => this.count.set(await firstValueFrom(this.api.countRetries(this.filter))));
  }

  protected number(): string {
    const count = this.count() ?? 0;
    return `${this.format.number(count)} ${count === 1 ? 'operation' : 'operations'}`;
  }

  protected start(): Promise<void> {
    return this.run(async () => this.dialog.close(await firstValueFrom(this.api.retryAll(this.filter))));
  }

  private async run(work: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      await work();
    } catch (thrown) {
      this.problem.set(toProblem(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
