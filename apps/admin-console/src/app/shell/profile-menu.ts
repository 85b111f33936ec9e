import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Role } from '@matterline/contracts';
import { Session } from '../shared/session/session';
import { Icon } from '../shared/ui/icon';

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  firm_admin: 'Firm admin',
  support: 'Support',
  auditor: 'Auditor (reads only)',
};

@Component({
  selector: 'ml-profile-menu',
  imports: [MatMenu, MatMenuItem, MatMenuTrigger, Icon],
  template: `
    <button class="face" type="button" [matMenuTriggerFor]="menu">
      <span aria-hidden="true">{{ initials() }}</span><span class="sr-only">Profile of {{ email() }}</span>
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      <button mat-menu-item disabled class="who">
        <span class="words"
          ><strong>{{ email() }}</strong
          ><span class="small">{{ role() }}</span></span
        >
      </button>
      <button mat-menu-item (click)="signOut.emit()">
        <span class="row"><ml-icon name="leave" />Sign out</span>
      </button>
    </mat-menu>
  `,
  styles: `
    .face {
      display: grid;
      place-items: center;
      width: 2.25rem;
      height: 2.25rem;
      border: 0;
      border-radius: 50%;
      background: var(--ml-brand);
      color: var(--ml-brand-ink);
      font: inherit;
      font-size: 0.8125rem;
      font-weight: 600;
      cursor: pointer;
    }
    .face:focus-visible {
      border-radius: 50%;
    }
    .words {
      display: grid;
      padding: 0.375rem 0;
    }
    .row {
      display: flex;
      align-items: center;
      gap: 0.75rem;
    }
    .who[disabled] {
      --mat-menu-item-label-text-color: var(--ml-ink);
      opacity: 1;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProfileMenu {
  private readonly session = inject(Session);
  readonly signOut = output();

  protected readonly email = computed(() => this.session.me()?.user.email ?? '');
  protected readonly role = computed(() => ROLE_WORDS[this.session.role() ?? 'auditor']);
  protected readonly initials = computed(() => {
    const [first = '', second = ''] = (this.email().split('@')[0] ?? '').split(/[._-]+/);
    return `${first.charAt(0)}${second.charAt(0)}`.toUpperCase() || '?';
  });
}
