import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { FirmFormat } from './firm-format';
import { Now } from './now';
import { relativeTime } from './relative-time';

/** A moment: "3 min. ago" with the full time on hover, or the full time itself. */
@Component({
  selector: 'ml-time',
  template: `@if (at(); as iso) {
      <time [attr.datetime]="iso" [title]="full()">{{ text() }}</time>
    } @else {
      <span>{{ absent() }}</span>
    }`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Time {
  private readonly format = inject(FirmFormat);
  private readonly now = inject(Now);

  readonly at = input.required<string | null>();
  readonly show = input<'relative' | 'full' | 'day'>('relative');
  readonly absent = input('–');

  protected readonly full = computed(() => this.format.moment(this.at() ?? ''));
  protected readonly text = computed(() => {
    const iso = this.at() ?? '';
    if (this.show() === 'day') return this.format.day(iso);
    if (this.show() === 'full') return this.full();
    return relativeTime(Date.parse(iso), this.now.ms(), this.format.locale()) ?? this.format.day(iso);
  });
}
