import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from './icon';

/** Name of the page, one sentence on what it is for, and its actions. */
@Component({
  selector: 'ml-page-header',
  imports: [RouterLink, Icon],
  template: `
    @if (backTo(); as target) {
      <a class="back" [routerLink]="target"><ml-icon name="left" />{{ backText() }}</a>
    }
    <div class="row">
      <div class="words">
        @if (above()) {
          <p class="above">{{ above() }}</p>
        }
        <h1>{{ heading() }}</h1>
        @if (text()) {
          <p class="muted">{{ text() }}</p>
        }
        <ng-content select="[header-detail]" />
      </div>
      <div class="actions"><ng-content /></div>
    </div>
  `,
  styles: `
    :host {
      display: block;
      margin-bottom: 1.5rem;
    }
    .back {
      display: inline-flex;
      align-items: center;
      gap: 0.25rem;
      margin: -0.25rem 0 0.625rem -0.25rem;
      color: var(--ml-ink-soft);
      font-size: 0.875rem;
      text-decoration: none;
    }
    .back:hover {
      color: var(--ml-brand);
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-end;
      justify-content: space-between;
      gap: 1rem;
    }
    .words {
      display: grid;
      gap: 0.25rem;
      min-width: 0;
    }
    .words p {
      max-width: 44rem;
    }
    h1 {
      overflow-wrap: anywhere;
    }
    .above {
      color: var(--ml-ink-soft);
      font-size: 0.8125rem;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
    }
    .actions:empty {
      display: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PageHeader {
  readonly heading = input.required<string>();
  readonly text = input('');
  readonly above = input('');
  readonly backTo = input<string | null>(null);
  readonly backText = input('Back');
}
