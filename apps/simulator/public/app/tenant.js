/** The tenant whose pages these are: the first part of the address (`/us/app/`). */
export const TENANT = location.pathname.split('/')[1];

/** How a Smokeball is called on the pages. */
export const TENANT_NAMES = {
  us: 'United States',
  'us-staging': 'United States, staging',
  au: 'Australia',
  'au-staging': 'Australia, staging',
  uk: 'United Kingdom',
  'uk-staging': 'United Kingdom, staging',
};

export const api = (path) => `/${TENANT}/app-api/${path}`;
export const asUser = (path) => `/_sim/${TENANT}/as-user/${path}`;

export const matterLink = (id) => `#/billing/view-matter/${encodeURIComponent(id)}`;
export const contactLink = (id) => `#/billing/view-contact/${encodeURIComponent(id)}/details`;

/** The firm that the lists show (`?firm=` in the address); empty for every firm. */
export function chosenFirm() {
  return new URLSearchParams(location.search).get('firm') ?? '';
}

export function chooseFirm(accountId) {
  const address = new URL(location.href);
  if (accountId === '') address.searchParams.delete('firm');
  else address.searchParams.set('firm', accountId);
  history.replaceState(null, '', address);
}
