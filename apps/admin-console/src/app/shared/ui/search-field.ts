import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatFormField, MatPrefix } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { debounceTime, distinctUntilChanged, map, Subject } from 'rxjs';
import { Icon } from './icon';

const TYPING_PAUSE_MS = 350;

/** Search as you type; surrounding spaces of pasted text do not count. */
@Component({
  selector: 'ml-search-field',
  imports: [MatFormField, MatPrefix, MatInput, Icon],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <ml-icon matPrefix name="search" />
      <input
        matInput
        #box
        type="search"
        autocomplete="off"
        [attr.aria-label]="label()"
        [placeholder]="placeholder()"
        [value]="value() ?? ''"
        (input)="typed.next(box.value)"
      />
    </mat-form-field>
  `,
  styles: `
    :host {
      display: block;
    }
    mat-form-field {
      width: 100%;
    }
    ml-icon {
      margin: 0 0.5rem 0 0.875rem;
      color: var(--ml-ink-soft);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SearchField {
  readonly label = input.required<string>();
  readonly placeholder = input('');
  readonly value = input<string>();
  readonly searched = output<string | null>();
  protected readonly typed = new Subject<string>();

  constructor() {
    this.typed
      .pipe(
        debounceTime(TYPING_PAUSE_MS),
        map((text) => text.trim()),
        distinctUntilChanged(),
        takeUntilDestroyed(),
      )
      .subscribe((text) => this.searched.emit(text || null));
  }
}
