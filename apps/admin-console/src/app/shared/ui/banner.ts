import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from './icon';
import { IconName } from './icon-paths';
import { Tone } from './tone';

const ICONS: Readonly<Record<Tone, IconName>> = {
  ok: 'check',
  info: 'info',
  wait: 'alert',
  bad: 'alert',
  quiet: 'info',
};

/** A message above content that is there. */
@Component({
  selector: 'ml-banner',
  imports: [Icon],
  template: `<ml-icon [name]="icon()" />
    <div><ng-content /></div>`,
  host: { '[attr.data-tone]': 'tone()', '[attr.role]': "tone() === 'bad' ? 'alert' : 'status'" },
  styles: `
    :host {
      --tone: var(--ml-info);
      --tone-soft: var(--ml-info-soft);
      display: flex;
      gap: 0.75rem;
      padding: 0.875rem 1rem;
      border: 1px solid color-mix(in srgb, var(--tone) 28%, transparent);
      border-radius: 12px;
      background: var(--tone-soft);
    }
    :host([data-tone='ok']) {
      --tone: var(--ml-ok);
      --tone-soft: var(--ml-ok-soft);
    }
    :host([data-tone='wait']) {
      --tone: var(--ml-wait);
      --tone-soft: var(--ml-wait-soft);
    }
    :host([data-tone='bad']) {
      --tone: var(--ml-bad);
      --tone-soft: var(--ml-bad-soft);
    }
    ml-icon {
      margin-top: 0.125rem;
      color: var(--tone);
    }
    div {
      flex: 1;
      min-width: 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Banner {
  readonly tone = input<Tone>('info');
  protected readonly icon = computed(() => ICONS[this.tone()]);
}
