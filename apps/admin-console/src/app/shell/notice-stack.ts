import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { Notices } from '../shared/notices/notices';
import { Icon } from '../shared/ui/icon';

/** Shows the short messages at the lower edge; screen readers hear them as they come. */
@Component({
  selector: 'ml-notice-stack',
  imports: [MatIconButton, Icon],
  template: `
    <div class="stack-of-notices" aria-live="polite" role="log" aria-label="Messages">
      @for (notice of notices.all(); track notice.id) {
        <div class="notice" [attr.data-tone]="notice.tone">
          <ml-icon [name]="notice.tone === 'ok' ? 'check' : 'alert'" />
          <div class="words">
            <p>{{ notice.text }}</p>
            @if (notice.problem; as problem) {
              <p>{{ problem.message }}</p>
              @if (problem.hint) {
                <p class="muted">{{ problem.hint }}</p>
              }
              @if (problem.requestId) {
                <p class="muted small">
                  Request id: <span class="mono">{{ problem.requestId }}</span>
                </p>
              }
            }
          </div>
          <button matIconButton type="button" aria-label="Dismiss" (click)="notices.dismiss(notice.id)">
            <ml-icon name="close" />
          </button>
        </div>
      }
    </div>
  `,
  styles: `
    .stack-of-notices {
      position: fixed;
      inset: auto 1rem 1rem auto;
      z-index: 900;
      display: grid;
      gap: 0.5rem;
      width: min(26rem, calc(100vw - 2rem));
    }
    .notice {
      display: flex;
      gap: 0.75rem;
      padding: 0.75rem 0.5rem 0.75rem 1rem;
      border: 1px solid var(--ml-line);
      border-radius: 12px;
      background: var(--ml-raised);
      box-shadow: 0 8px 30px rgb(0 0 0 / 18%);
      animation: rise 0.18s ease-out;
    }
    .words {
      flex: 1;
      min-width: 0;
      padding-top: 0.25rem;
      overflow-wrap: anywhere;
    }
    .words p:first-child {
      font-weight: 500;
    }
    .notice > ml-icon {
      margin-top: 0.3125rem;
      color: var(--ml-ok);
    }
    .notice[data-tone='bad'] > ml-icon {
      color: var(--ml-bad);
    }
    .notice > button {
      margin-top: -0.25rem;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(0.5rem);
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeStack {
  protected readonly notices = inject(Notices);
}
