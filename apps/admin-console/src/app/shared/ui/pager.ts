import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Pagination } from '@matterline/contracts';
import { FirmFormat } from '../time/firm-format';
import { Icon } from './icon';

const EXACT_UP_TO = 10_000;

/** Newer and older, as links, so that a page can be kept and shared. */
@Component({
  selector: 'ml-pager',
  imports: [RouterLink, MatButton, Icon],
  template: `
    <nav aria-label="Pages of the list">
      <span class="muted small">{{ range() }}</span>
      <span class="buttons">
        @if (page().page > 1) {
          <a
            matButton="outlined"
            [routerLink]="[]"
            [queryParams]="{ page: page().page > 2 ? page().page - 1 : null }"
            queryParamsHandling="merge"
            ><ml-icon name="left" />Newer</a
          >
        }
        @if (page().has_more) {
          <a
            matButton="outlined"
            [routerLink]="[]"
            [queryParams]="{ page: page().page + 1 }"
            queryParamsHandling="merge"
            >Older<ml-icon name="right"
          /></a>
        }
      </span>
    </nav>
  `,
  styles: `
    nav {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 0.75rem;
      min-height: 3.75rem;
      padding: 0.625rem 1.25rem;
      border-top: 1px solid var(--ml-line);
    }
    .buttons {
      display: flex;
      gap: 0.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Pager {
  private readonly format = inject(FirmFormat);

  readonly page = input.required<Pagination>();
  /** How many rows are shown now. */
  readonly count = input.required<number>();

  protected readonly range = computed(() => {
    const { page, per_page, total, has_more } = this.page();
    const first = (page - 1) * per_page + 1;
    const last = first + this.count() - 1;
    const open = has_more && total >= EXACT_UP_TO;
    const all = `${this.format.number(total)}${open ? '+' : ''}`;
    return this.count() === 0 ? `0 of ${all}` : `${this.format.number(first)}–${this.format.number(last)} of ${all}`;
  });
}
