import { OverlayContainer } from '@angular/cdk/overlay';
import { DOCUMENT } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, DestroyRef, ElementRef, inject, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatIconButton } from '@angular/material/button';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter, map, pairwise, startWith } from 'rxjs';
import { toProblem } from '../shared/api/to-problem';
import { LiveStream } from '../shared/live/live-stream';
import { Notices } from '../shared/notices/notices';
import { Session } from '../shared/session/session';
import { Chip } from '../shared/ui/chip';
import { Icon } from '../shared/ui/icon';
import { Logo } from '../shared/ui/logo';
import { ProblemCard } from '../shared/ui/problem-card';
import { LiveIndicator } from './live-indicator';
import { NoticeStack } from './notice-stack';
import { ProfileMenu } from './profile-menu';
import { SideNav } from './side-nav';
import { ThemeMenu } from './theme-menu';

/** The frame around every page behind the sign-in. */
@Component({
  selector: 'ml-shell',
  imports: [
    RouterOutlet,
    RouterLink,
    MatIconButton,
    Chip,
    Icon,
    Logo,
    ProblemCard,
    LiveIndicator,
    NoticeStack,
    ProfileMenu,
    SideNav,
    ThemeMenu,
  ],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Shell {
  protected readonly session = inject(Session);
  private readonly live = inject(LiveStream);
  private readonly router = inject(Router);
  private readonly notices = inject(Notices);
  private readonly document = inject(DOCUMENT);
  private readonly overlays = inject(OverlayContainer);
  private readonly drawer = viewChild.required<ElementRef<HTMLDialogElement>>('drawer');
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  protected readonly firmName = computed(() => this.session.firm()?.name ?? '');

  constructor() {
    if (this.session.me()) this.live.open();
    inject(DestroyRef).onDestroy(() => this.live.close());
    this.nameTheOverlays();
    this.focusEachNewPage();
  }

  protected openDrawer(): void {
    this.drawer().nativeElement.showModal();
  }

  protected closeDrawer(): void {
    this.drawer().nativeElement.close();
  }

  protected skip(event: Event): void {
    // A bare "#main" would be resolved against <base> and leave the page.
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  protected reload(): void {
    this.document.location.reload();
  }

  protected async signOut(): Promise<void> {
    try {
      await this.session.signOut();
      this.live.close();
      await this.router.navigate(['/sign-in']);
    } catch (thrown) {
      this.notices.complain('You are still signed in.', toProblem(thrown));
    }
  }

  /** Menus and dialogs are drawn outside the page's landmarks; theirs gets a name so that screen readers can find it. */
  private nameTheOverlays(): void {
    const container = this.overlays.getContainerElement();
    container.setAttribute('role', 'region');
    container.setAttribute('aria-label', 'Open menus and dialogs');
  }

  /** Keyboard and screen-reader users land in the new page; filters, which change only the query, leave the focus alone. */
  private focusEachNewPage(): void {
    this.router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        map((event) => event.urlAfterRedirects.split(/[?#]/)[0]),
        startWith(this.router.url.split(/[?#]/)[0]),
        pairwise(),
        filter(([before, after]) => before !== after),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.main().nativeElement.focus({ preventScroll: true }));
  }
}
