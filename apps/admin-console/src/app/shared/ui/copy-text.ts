import { Clipboard } from '@angular/cdk/clipboard';
import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { Icon } from './icon';

const CONFIRM_MS = 2_000;

/** Copies an id with one click and says so. Works on plain http too, where the browser offers no clipboard of its own. */
@Component({
  selector: 'ml-copy-text',
  imports: [Icon],
  template: `
    <span class="mono">{{ shown() || text() }}</span>
    <button type="button" (click)="copy()" [attr.aria-label]="'Copy ' + label()" [title]="'Copy ' + label()">
      <ml-icon [name]="copied() ? 'check' : 'copy'" />
    </button>
    <span class="sr-only" role="status">{{ copied() ? 'Copied' : '' }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 0.25rem;
      max-width: 100%;
    }
    .mono {
      overflow-wrap: anywhere;
    }
    button {
      display: inline-grid;
      place-items: center;
      flex: none;
      width: 1.75rem;
      height: 1.75rem;
      padding: 0;
      border: 0;
      border-radius: 8px;
      background: none;
      color: var(--ml-ink-soft);
      cursor: pointer;
    }
    button:hover {
      background: var(--ml-quiet-soft);
      color: var(--ml-ink);
    }
    ml-icon {
      width: 1rem;
      height: 1rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CopyText {
  private readonly clipboard = inject(Clipboard);

  readonly text = input.required<string>();
  /** A shorter form to show; the whole text is copied. */
  readonly shown = input('');
  readonly label = input('id');
  protected readonly copied = signal(false);

  protected copy(): void {
    this.copied.set(this.clipboard.copy(this.text()));
    setTimeout(() => this.copied.set(false), CONFIRM_MS);
  }
}
