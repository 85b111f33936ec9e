import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { LiveState, LiveStream } from '../shared/live/live-stream';

const WORDS: Readonly<Record<LiveState, { readonly text: string; readonly title: string }>> = {
  live: { text: 'Live', title: 'Changes appear by themselves.' },
  connecting: { text: 'Connecting…', title: 'The live updates are being connected.' },
  reconnecting: { text: 'Reconnecting…', title: 'Live updates are interrupted; what you see may be a little old.' },
  off: { text: 'Not live', title: 'Live updates are off.' },
};

/** Whether what is on the page keeps itself fresh. */
@Component({
  selector: 'ml-live-indicator',
  template: `<span class="pill" role="status" [attr.data-state]="state()" [title]="words().title"
    ><span class="dot" aria-hidden="true"></span>{{ words().text }}</span
  >`,
  styles: `
    .pill {
      display: inline-flex;
      align-items: center;
      gap: 0.5rem;
      color: var(--ml-ink-soft);
      font-size: 0.8125rem;
      white-space: nowrap;
    }
    .dot {
      width: 0.5rem;
      height: 0.5rem;
      border-radius: 50%;
      background: var(--ml-line-strong);
    }
    [data-state='live'] .dot {
      background: var(--ml-ok);
      box-shadow: 0 0 0 3px var(--ml-ok-soft);
    }
    [data-state='reconnecting'] .dot,
    [data-state='connecting'] .dot {
      background: var(--ml-accent);
      animation: pulse 1s ease-in-out infinite alternate;
    }
    @keyframes pulse {
      to {
        opacity: 0.3;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LiveIndicator {
  protected readonly state = inject(LiveStream).state;
  protected readonly words = computed(() => WORDS[this.state()]);
}
