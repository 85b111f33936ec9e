import { Routes } from '@angular/router';
import { guestGuard } from './shared/session/guest-guard';
import { signedInGuard } from './shared/session/signed-in-guard';

export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'Sign in',
    canActivate: [guestGuard],
    loadComponent: () => import('./domains/access/feature-sign-in/sign-in-page').then((m) => m.SignInPage),
  },
  {
    path: 'invitation',
    title: 'Invitation',
    loadComponent: () => import('./domains/access/feature-invitation/invitation-page').then((m) => m.InvitationPage),
  },
  {
    path: '',
    canActivate: [signedInGuard],
    loadComponent: () => import('./shell/shell').then((m) => m.Shell),
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: 'Overview',
        loadComponent: () => import('./domains/overview/feature-overview/overview-page').then((m) => m.OverviewPage),
      },
      { path: 'settings', pathMatch: 'full', redirectTo: 'settings/integrations' },
      {
        path: 'settings/integrations',
        title: 'Integrations',
        loadComponent: () =>
          import('./domains/connection/feature-integrations/integrations-page').then((m) => m.IntegrationsPage),
      },
      {
        path: 'settings/mapping',
        title: 'Mapping',
        loadComponent: () => import('./domains/mapping/feature-mapping/mapping-page').then((m) => m.MappingPage),
      },
      {
        path: 'sync-history',
        title: 'Sync history',
        loadComponent: () => import('./domains/sync/feature-history/history-page').then((m) => m.HistoryPage),
      },
      {
        path: 'sync-history/:id',
        title: 'Operation',
        loadComponent: () => import('./domains/sync/feature-operation/operation-page').then((m) => m.OperationPage),
      },
      {
        path: 'matters',
        title: 'Matters',
        loadComponent: () => import('./domains/matters/feature-matters/matters-page').then((m) => m.MattersPage),
      },
      {
        path: 'matters/:id',
        title: 'Matter',
        loadComponent: () => import('./domains/matters/feature-matter/matter-page').then((m) => m.MatterPage),
      },
      {
        path: 'review',
        title: 'Review',
        loadComponent: () => import('./domains/review/feature-review/review-page').then((m) => m.ReviewPage),
      },
      {
        path: 'telephony',
        title: 'Telephony',
        loadComponent: () => import('./domains/telephony/feature-pairings/pairings-page').then((m) => m.PairingsPage),
      },
      {
        path: 'events',
        title: 'Events',
        loadComponent: () => import('./domains/events/feature-events/events-page').then((m) => m.EventsPage),
      },
      {
        path: '**',
        title: 'Page not found',
        loadComponent: () => import('./shell/not-found-page').then((m) => m.NotFoundPage),
      },
    ],
  },
];
