import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { firstValueFrom } from 'rxjs';
import { NamedOperation } from '@matterline/contracts';
import { toProblem } from '../../../shared/api/to-problem';
import { Notices } from '../../../shared/notices/notices';
import { Icon } from '../../../shared/ui/icon';
import { SyncApi } from '../data/sync-api';

/** Re-opens one failed or held operation. A second click while the first is under way does nothing. */
@Component({
  selector: 'ml-retry-button',
  imports: [MatButton, Icon],
  template: `
    <button
      [matButton]="look()"
      type="button"
      [disabled]="busy()"
      [attr.aria-label]="'Retry: ' + operation().title"
      (click)="retry()"
    >
      <ml-icon name="refresh" />{{ busy() ? 'Retrying…' : 'Retry' }}
    </button>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RetryButton {
  private readonly api = inject(SyncApi);
  private readonly notices = inject(Notices);

  readonly operation = input.required<Pick<NamedOperation, 'id' | 'title'>>();
  readonly look = input<'filled' | 'outlined'>('outlined');
  readonly retried = output();
  protected readonly busy = signal(false);

  protected async retry(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    try {
      await firstValueFrom(this.api.retry(this.operation().id));
      this.notices.tell(`“${this.operation().title}” is being tried again.`);
    } catch (thrown) {
      this.notices.complain('The retry could not be started.', toProblem(thrown));
    } finally {
      this.busy.set(false);
      this.retried.emit();
    }
  }
}
