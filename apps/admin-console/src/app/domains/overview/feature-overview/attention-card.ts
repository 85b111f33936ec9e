import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Attention } from '@matterline/contracts';
import { Icon } from '../../../shared/ui/icon';
import { IconName } from '../../../shared/ui/icon-paths';
import { internalLink } from '../data/internal-link';

const ICONS: Readonly<Record<Attention['kind'], IconName>> = {
  operation: 'alert',
  connection: 'plug',
  matter: 'folder',
};

/** What waits for a person, each with the way to it. */
@Component({
  selector: 'ml-attention-card',
  imports: [RouterLink, Icon],
  template: `
    <section class="card" aria-labelledby="attention-heading">
      <div class="card-head">
        <h2 id="attention-heading">What needs you</h2>
        @if (items().length > 0) {
          <a routerLink="/sync-history" [queryParams]="{ state: 'failed' }">All failed</a>
        }
      </div>
      @if (rows().length > 0) {
        <ul>
          @for (row of rows(); track $index) {
            <li>
              <span class="mark" [attr.data-kind]="row.kind"><ml-icon [name]="icons[row.kind]" /></span>
              <div class="words">
                @if (row.link; as link) {
                  <a class="title" [routerLink]="link.path" [queryParams]="link.query">{{ row.title }}</a>
                } @else {
                  <span class="title">{{ row.title }}</span>
                }
                @if (row.detail) {
                  <p class="muted small">{{ row.detail }}</p>
                }
              </div>
              <ml-icon class="arrow" name="right" />
            </li>
          }
        </ul>
      } @else {
        <div class="calm">
          <span class="mark ok"><ml-icon name="check" /></span>
          <p><strong>Nothing.</strong>&ngsp;<span class="muted">Failures and questions would show here.</span></p>
        </div>
      }
    </section>
  `,
  styles: `
    :host {
      display: grid;
    }
    li {
      position: relative;
      display: flex;
      align-items: center;
      gap: 0.875rem;
      padding: 0.875rem 1.25rem;
    }
    li:hover {
      background: var(--ml-hover);
    }
    li + li {
      border-top: 1px solid var(--ml-line);
    }
    .words {
      flex: 1;
      min-width: 0;
    }
    .title {
      color: var(--ml-ink);
      font-weight: 500;
      text-decoration: none;
      overflow-wrap: anywhere;
    }
    a.title::after {
      content: '';
      position: absolute;
      inset: 0;
    }
    .mark {
      display: grid;
      place-items: center;
      flex: none;
      width: 2.25rem;
      height: 2.25rem;
      border-radius: 50%;
      background: var(--ml-bad-soft);
      color: var(--ml-bad);
    }
    .mark[data-kind='matter'] {
      background: var(--ml-wait-soft);
      color: var(--ml-wait);
    }
    .mark.ok {
      background: var(--ml-ok-soft);
      color: var(--ml-ok);
    }
    .arrow {
      color: var(--ml-ink-soft);
    }
    .calm {
      display: flex;
      align-items: center;
      gap: 0.875rem;
      padding: 1.25rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AttentionCard {
  readonly items = input.required<readonly Attention[]>();
  protected readonly rows = computed(() => this.items().map((item) => ({ ...item, link: internalLink(item.href) })));
  protected readonly icons = ICONS;
}
