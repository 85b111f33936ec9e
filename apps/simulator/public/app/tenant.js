/** The tenant whose pages these are: the first part of the address (`/us/app/`). */
export const TENANT = location.pathname.split('/')[1];

export const api = (path) => `/${TENANT}/app-api/${path}`;
export const asUser = (path) => `/_sim/${TENANT}/as-user/${path}`;

export const matterLink = (id) => `#/billing/view-matter/${id}`;
export const contactLink = (id) => `#/billing/view-contact/${id}/details`;
