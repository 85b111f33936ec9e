import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Theme, ThemeName } from '../shared/theme/theme';
import { Icon } from '../shared/ui/icon';
import { IconName } from '../shared/ui/icon-paths';

interface Choice {
  readonly name: ThemeName;
  readonly text: string;
  readonly icon: IconName;
}

const CHOICES: readonly Choice[] = [
  { name: 'system', text: 'As the system', icon: 'screen' },
  { name: 'light', text: 'Light', icon: 'sun' },
  { name: 'dark', text: 'Dark', icon: 'moon' },
  { name: 'contrast', text: 'High contrast', icon: 'contrast' },
];

@Component({
  selector: 'ml-theme-menu',
  imports: [MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, Icon],
  template: `
    <button matIconButton type="button" [matMenuTriggerFor]="menu" aria-label="Appearance" title="Appearance">
      <ml-icon [name]="icon()" />
    </button>
    <mat-menu #menu="matMenu">
      @for (choice of choices; track choice.name) {
        <button
          mat-menu-item
          role="menuitemradio"
          [attr.aria-checked]="choice.name === theme.current()"
          (click)="theme.choose(choice.name)"
        >
          <span class="row">
            <ml-icon [name]="choice.icon" />
            <span class="text">{{ choice.text }}</span>
            @if (choice.name === theme.current()) {
              <ml-icon name="check" />
            }
          </span>
        </button>
      }
    </mat-menu>
  `,
  styles: `
    .row {
      display: flex;
      align-items: center;
      gap: 0.75rem;
      min-width: 11rem;
    }
    .text {
      flex: 1;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ThemeMenu {
  protected readonly theme = inject(Theme);
  protected readonly choices = CHOICES;
  protected readonly icon = computed(
    () => CHOICES.find((choice) => choice.name === this.theme.current())?.icon ?? 'screen',
  );
}
