const BOTH =
  'matters items layouts layoutdesigns roles stages stagesets memos documents archive referraltypes bankaccounts activitycodes billingconfiguration expenses fees invoices contacts firm firmusers staff users groups policies events notifications tasks webhooks plugins';

/** Every scope that Smokeball's list of scopes names. */
export const ALL_SCOPES: readonly string[] = [
  ...BOTH.split(' ').flatMap((name) => [`${name}/read`, `${name}/write`]),
  'mattertypes/read',
  'search/write',
  'odata/read',
];

const WORDS: Readonly<Record<string, string>> = {
  items: 'matter items',
  layoutdesigns: 'layout designs',
  stagesets: 'stage sets',
  archive: 'the archive',
  referraltypes: 'referral types',
  bankaccounts: 'bank accounts',
  billingconfiguration: 'billing settings',
  events: 'calendar events',
  odata: 'reports (OData)',
  contacts: 'contacts',
  matters: 'matters and leads',
  mattertypes: 'matter types',
  documents: 'documents',
  staff: 'staff',
  firm: 'the firm’s details',
  firmusers: 'the firm’s users',
  users: 'users',
  webhooks: 'notifications about changes',
  memos: 'memos',
  tasks: 'tasks',
  fees: 'time entries',
  activitycodes: 'activity codes',
};

/** What a person reads on the consent page: one line per resource. */
export function describeScopes(scopes: readonly string[]): string[] {
  const rights = new Map<string, Set<string>>();
  for (const scope of scopes) {
    const [name = '', right = ''] = scope.split('/');
    rights.set(name, (rights.get(name) ?? new Set()).add(right));
  }
  return [...rights].map(([name, set]) =>
    name === 'search' ? 'Search' : `${set.has('write') ? 'See and change' : 'See'} ${WORDS[name] ?? name}`,
  );
}
