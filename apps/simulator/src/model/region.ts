export type Region = 'us' | 'au' | 'uk';
export type Environment = 'production' | 'staging';

/** The six separate Smokeballs of one simulator. */
export const TENANTS: readonly { readonly name: string; readonly region: Region; readonly environment: Environment }[] =
  [
    { name: 'us', region: 'us', environment: 'production' },
    { name: 'us-staging', region: 'us', environment: 'staging' },
    { name: 'au', region: 'au', environment: 'production' },
    { name: 'au-staging', region: 'au', environment: 'staging' },
    { name: 'uk', region: 'uk', environment: 'production' },
    { name: 'uk-staging', region: 'uk', environment: 'staging' },
  ];
