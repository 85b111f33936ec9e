import { ChangeDetectionStrategy, Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../shared/ui/empty-state';

@Component({
  selector: 'ml-not-found-page',
  imports: [RouterLink, MatButton, EmptyState],
  template: `
    <h1 class="sr-only">Page not found</h1>
    <section class="card">
      <ml-empty-state
        icon="search"
        heading="There is no such page"
        text="The address may be mistyped, or the page has moved since you kept it."
      >
        <a matButton="tonal" routerLink="/">To the overview</a>
      </ml-empty-state>
    </section>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotFoundPage {}
