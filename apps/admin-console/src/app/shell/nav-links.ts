import { IconName } from '../shared/ui/icon-paths';

export interface NavLink {
  readonly path: string;
  readonly text: string;
  readonly icon: IconName;
  readonly exact: boolean;
  /** What waits there for a person is counted beside it. */
  readonly counted?: boolean;
}

export interface NavGroup {
  readonly heading: string | null;
  readonly links: readonly NavLink[];
}

export const NAV_GROUPS: readonly NavGroup[] = [
  {
    heading: null,
    links: [
      { path: '/', text: 'Overview', icon: 'overview', exact: true },
      { path: '/sync-history', text: 'Sync history', icon: 'history', exact: false },
      { path: '/matters', text: 'Matters', icon: 'folder', exact: false },
      { path: '/review', text: 'Review', icon: 'user', exact: false, counted: true },
      { path: '/telephony', text: 'Telephony', icon: 'phone', exact: false },
      { path: '/events', text: 'Events', icon: 'events', exact: false },
    ],
  },
  {
    heading: 'Settings',
    links: [
      { path: '/settings/integrations', text: 'Integrations', icon: 'plug', exact: false },
      { path: '/settings/mapping', text: 'Mapping', icon: 'mapping', exact: false },
    ],
  },
];
