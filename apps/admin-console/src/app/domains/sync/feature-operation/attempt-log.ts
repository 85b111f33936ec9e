import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Attempt } from '@matterline/contracts';
import { FirmFormat } from '../../../shared/time/firm-format';
import { Time } from '../../../shared/time/time';
import { Chip } from '../../../shared/ui/chip';
import { CopyText } from '../../../shared/ui/copy-text';
import { Icon } from '../../../shared/ui/icon';
import { Tone } from '../../../shared/ui/tone';
import { OUTCOME_WORDS } from '../data/operation-words';

/** Every attempt with each call it made; the newest is open. */
@Component({
  selector: 'ml-attempt-log',
  imports: [Chip, CopyText, Icon, Time],
  templateUrl: './attempt-log.html',
  styles: `
    details + details {
      border-top: 1px solid var(--ml-line);
    }
    summary {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.375rem 0.75rem;
      padding: 0.875rem 1.25rem;
      cursor: pointer;
      list-style: none;
    }
    summary::-webkit-details-marker {
      display: none;
    }
    summary:hover {
      background: var(--ml-hover);
    }
    .title {
      font-weight: 600;
    }
    .when {
      margin-left: auto;
    }
    .arrow {
      color: var(--ml-ink-soft);
      transition: rotate 0.15s;
    }
    details[open] .arrow {
      rotate: 180deg;
    }
    .reason {
      padding: 0 1.25rem 0.875rem;
      color: var(--ml-bad);
    }
    .none {
      padding: 0.25rem 1.25rem 1.25rem;
    }
    .call {
      min-width: 14rem;
    }
    .call .mono {
      overflow-wrap: anywhere;
    }
    .status {
      font-weight: 600;
      white-space: nowrap;
    }
    .status[data-tone='ok'] {
      color: var(--ml-ok);
    }
    .status[data-tone='bad'] {
      color: var(--ml-bad);
    }
    .status[data-tone='wait'] {
      color: var(--ml-wait);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AttemptLog {
  private readonly format = inject(FirmFormat);

  readonly attempts = input.required<readonly Attempt[]>();
  protected readonly newestFirst = computed(() => [...this.attempts()].sort((a, b) => b.number - a.number));
  protected readonly outcomes = OUTCOME_WORDS;

  protected tone(status: number | null): Tone {
    if (status === null || status >= 500) return 'bad';
    return status >= 400 ? 'wait' : 'ok';
  }

  protected clock(iso: string): string {
    return this.format.clockWithSeconds(iso);
  }

  protected short(id: string): string {
    return id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
  }
}
