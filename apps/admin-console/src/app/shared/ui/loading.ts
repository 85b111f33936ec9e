import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** The outline of what is coming; appears only when the wait is noticeable. */
@Component({
  selector: 'ml-loading',
  template: `
    <p class="sr-only" role="status">Loading…</p>
    <div class="card" aria-hidden="true">
      @for (row of lines(); track row) {
        <div class="line"><span></span><span></span><span></span></div>
      }
    </div>
  `,
  styles: `
    .card {
      padding: 0.5rem 1.25rem;
      animation: appear 0.2s 0.15s both;
    }
    .line {
      display: grid;
      grid-template-columns: 6rem 1fr 5rem;
      gap: 1.5rem;
      padding: 1.125rem 0;
    }
    .line + .line {
      border-top: 1px solid var(--ml-line);
    }
    span {
      height: 0.75rem;
      border-radius: 6px;
      background: var(--ml-quiet-soft);
      animation: breathe 1.4s ease-in-out infinite alternate;
    }
    @keyframes breathe {
      to {
        opacity: 0.45;
      }
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Loading {
  readonly rows = input(6);
  protected readonly lines = computed(() => Array.from({ length: this.rows() }, (_, row) => row));
}
