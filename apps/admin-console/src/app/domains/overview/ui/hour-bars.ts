import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { HourCount } from '@matterline/contracts';
import { FirmFormat } from '../../../shared/time/firm-format';

const HEIGHT = 100;
const STEP = 20;
const BAR = 13;
const LEAST = 3;

interface Bar {
  readonly x: number;
  readonly synced: number;
  readonly failed: number;
  readonly title: string;
}

/** The last 24 hours as bars: what arrived, and on top what failed. */
@Component({
  selector: 'ml-hour-bars',
  template: `
    <svg
      [attr.viewBox]="'0 0 ' + width() + ' ' + height"
      preserveAspectRatio="none"
      role="img"
      [attr.aria-label]="summary()"
    >
      @for (bar of bars(); track bar.x) {
        <g>
          <title>{{ bar.title }}</title>
          <rect class="hit" [attr.x]="bar.x" y="0" [attr.width]="step" [attr.height]="height" />
          <rect class="ground" [attr.x]="bar.x + 3.5" [attr.y]="height - 2" [attr.width]="barWidth" height="2" />
          @if (bar.synced) {
            <rect
              class="synced"
              [attr.x]="bar.x + 3.5"
              [attr.y]="height - bar.synced"
              [attr.width]="barWidth"
              [attr.height]="bar.synced"
            />
          }
          @if (bar.failed) {
            <rect
              class="failed"
              [attr.x]="bar.x + 3.5"
              [attr.y]="height - bar.synced - bar.failed"
              [attr.width]="barWidth"
              [attr.height]="bar.failed"
            />
          }
        </g>
      }
    </svg>
    @if (labelled()) {
      <p class="hours" aria-hidden="true">
        @for (label of labels(); track $index) {
          <span>{{ label }}</span>
        }
      </p>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      height: var(--bars-height, 9rem);
    }
    .hit {
      fill: transparent;
    }
    g:hover .hit {
      fill: var(--ml-hover);
    }
    .ground {
      fill: var(--ml-line);
    }
    .synced {
      fill: var(--ml-bar);
    }
    .failed {
      fill: var(--ml-bar-bad);
    }
    .hours {
      display: flex;
      justify-content: space-between;
      padding-top: 0.375rem;
      color: var(--ml-ink-soft);
      font-size: 0.75rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HourBars {
  private readonly format = inject(FirmFormat);

  readonly series = input.required<readonly HourCount[]>();
  readonly show = input<'both' | 'synced' | 'failed'>('both');
  readonly labelled = input(false);

  protected readonly height = HEIGHT;
  protected readonly step = STEP;
  protected readonly barWidth = BAR;
  protected readonly width = computed(() => Math.max(1, this.series().length) * STEP);
  private readonly counted = computed(() =>
    this.series().map((hour) => ({
      hour: hour.hour,
      synced: this.show() === 'failed' ? 0 : hour.synced,
      failed: this.show() === 'synced' ? 0 : hour.failed,
    })),
  );
  protected readonly bars = computed<readonly Bar[]>(() => {
    const top = Math.max(1, ...this.counted().map((hour) => hour.synced + hour.failed));
    // A single one must stay visible beside a busy hour.
    const size = (count: number): number => (count === 0 ? 0 : Math.max(LEAST, (count / top) * (HEIGHT - LEAST)));
    return this.counted().map((hour, index) => ({
      x: index * STEP,
      synced: size(hour.synced),
      failed: size(hour.failed),
      title: `${this.format.clock(hour.hour)}: ${this.words(hour)}`,
    }));
  });
  protected readonly labels = computed(() =>
    this.counted()
      .filter((_, index, all) => index % 6 === 0 || index === all.length - 1)
      .map((hour) => this.format.clock(hour.hour)),
  );
  protected readonly summary = computed(() => {
    const total = this.counted().reduce(
      (sum, hour) => ({ synced: sum.synced + hour.synced, failed: sum.failed + hour.failed }),
      { synced: 0, failed: 0 },
    );
    return `The last 24 hours: ${this.words(total)}`;
  });

  private words(count: { readonly synced: number; readonly failed: number }): string {
    if (this.show() === 'synced') return `${this.format.number(count.synced)} synced`;
    if (this.show() === 'failed') return `${this.format.number(count.failed)} failed`;
    return `${this.format.number(count.synced)} synced, ${this.format.number(count.failed)} failed`;
  }
}
