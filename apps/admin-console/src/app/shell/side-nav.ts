import { ChangeDetectionStrategy, Component, inject, output } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { Icon } from '../shared/ui/icon';
import { NAV_GROUPS } from './nav-links';
import { ReviewCount } from './review-count';

/** The pages of the console; the same list in the side bar and in the drawer of narrow screens. */
@Component({
  selector: 'ml-side-nav',
  imports: [RouterLink, RouterLinkActive, Icon],
  template: `
    <nav aria-label="Main">
      @for (group of groups; track group.heading) {
        @if (group.heading) {
          <h2>{{ group.heading }}</h2>
        }
        <ul>
          @for (link of group.links; track link.path) {
            <li>
              <a
                [routerLink]="link.path"
                routerLinkActive="active"
                ariaCurrentWhenActive="page"
                [routerLinkActiveOptions]="{ exact: link.exact }"
                (click)="chosen.emit()"
                ><ml-icon [name]="link.icon" />{{ link.text }}
                @if (link.counted && reviews.waiting() > 0) {
                  <span class="count">{{ reviews.waiting() }}<span class="sr-only"> waiting</span></span>
                }
              </a>
            </li>
          }
        </ul>
      }
    </nav>
  `,
  styles: `
    h2 {
      margin: 1.5rem 0.75rem 0.5rem;
      color: var(--ml-ink-soft);
      font-size: 0.8125rem;
      font-weight: 500;
    }
    ul {
      display: grid;
      gap: 0.125rem;
    }
    a {
      display: flex;
      align-items: center;
      gap: 0.75rem;
      min-height: 2.625rem;
      padding: 0 0.75rem;
      border-radius: 10px;
      color: var(--ml-ink-soft);
      font-weight: 500;
      text-decoration: none;
    }
    a:hover {
      background: var(--ml-quiet-soft);
      color: var(--ml-ink);
    }
    .count {
      margin-left: auto;
      padding: 0 0.5rem;
      border-radius: 999px;
      background: var(--ml-wait-soft);
      color: var(--ml-wait);
      font-size: 0.8125rem;
      line-height: 1.375rem;
    }
    a.active {
      background: var(--ml-brand-soft);
      color: var(--ml-brand);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SideNav {
  readonly chosen = output();
  protected readonly groups = NAV_GROUPS;
  protected readonly reviews = inject(ReviewCount);
}
