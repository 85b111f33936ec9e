import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { NamedOperation } from '@matterline/contracts';
import { Session } from '../../../shared/session/session';
import { Time } from '../../../shared/time/time';
import { mayBeRetried, TRIGGER_WORDS } from '../data/operation-words';
import { OperationStateChip } from './operation-state';
import { RetryButton } from './retry-button';

/** Operations as rows that change in place. */
@Component({
  selector: 'ml-operation-table',
  imports: [RouterLink, Time, OperationStateChip, RetryButton],
  templateUrl: './operation-table.html',
  styleUrl: './operation-table.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OperationTable {
  private readonly session = inject(Session);

  readonly operations = input.required<readonly NamedOperation[]>();
  readonly caption = input('Operations, newest first');
  readonly withMatter = input(true);
  readonly retried = output();

  protected readonly mayRetry = computed(() => this.session.may('sync'));
  protected readonly triggers = TRIGGER_WORDS;
  protected readonly canRetry = mayBeRetried;
}
