import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from './icon';
import { IconName } from './icon-paths';

/** Nothing here yet: says why, and what makes something appear. */
@Component({
  selector: 'ml-empty-state',
  imports: [Icon],
  template: `
    <span class="mark"><ml-icon [name]="icon()" /></span>
    <h2>{{ heading() }}</h2>
    <p class="muted">{{ text() }}</p>
    <ng-content />
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: 0.5rem;
      padding: 3rem 1.5rem;
      text-align: center;
    }
    .mark {
      display: grid;
      place-items: center;
      width: 3rem;
      height: 3rem;
      margin-bottom: 0.5rem;
      border-radius: 50%;
      background: var(--ml-brand-soft);
      color: var(--ml-brand);
    }
    p {
      max-width: 32rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EmptyState {
  readonly icon = input<IconName>('info');
  readonly heading = input.required<string>();
  readonly text = input.required<string>();
}
