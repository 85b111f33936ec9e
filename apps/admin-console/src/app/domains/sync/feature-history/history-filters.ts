import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { Params, RouterLink } from '@angular/router';
import { OPERATION_KINDS, OPERATION_STATES } from '@matterline/contracts';
import { SearchField } from '../../../shared/ui/search-field';
import { HistoryFilters } from '../data/history-query';
import { KIND_WORDS, STATE_WORDS } from '../data/operation-words';

@Component({
  selector: 'ml-history-filters',
  imports: [RouterLink, MatFormField, MatInput, MatLabel, MatOption, MatSelect, SearchField],
  templateUrl: './history-filters.html',
  styles: `
    :host {
      display: grid;
      gap: 1rem;
    }
    .states {
      display: flex;
      gap: 0.25rem;
      margin: 0 -0.25rem;
      padding: 0.25rem;
      overflow-x: auto;
      scrollbar-width: none;
    }
    .states a {
      padding: 0.3125rem 0.875rem;
      border: 1px solid transparent;
      border-radius: 999px;
      color: var(--ml-ink-soft);
      font-weight: 500;
      text-decoration: none;
      white-space: nowrap;
    }
    .states a:hover {
      background: var(--ml-quiet-soft);
      color: var(--ml-ink);
    }
    .states a[aria-current] {
      border-color: var(--ml-brand);
      background: var(--ml-brand-soft);
      color: var(--ml-brand);
    }
    .day {
      flex: 0 1 9.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HistoryFilterBar {
  readonly filters = input.required<HistoryFilters>();
  /** Reasons seen on this page; the chosen one is always among them. */
  readonly seenCodes = input.required<readonly string[]>();
  readonly changed = output<Params>();

  protected readonly states = OPERATION_STATES;
  protected readonly stateWords = STATE_WORDS;
  protected readonly kinds = OPERATION_KINDS;
  protected readonly kindWords = KIND_WORDS;
  protected readonly errorCodes = computed(() => {
    const chosen = this.filters().error_code;
    return [...new Set(chosen ? [chosen, ...this.seenCodes()] : this.seenCodes())].sort();
  });
}
