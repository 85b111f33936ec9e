import type { SmokeballHosts } from './regions';

/** Undocumented by Smokeball, hence replaceable. `{app}` is the web-app host, `{id}` the record. docs/smokeball-api.md#regions */
export const CONTACT_URL_TEMPLATE = '{app}/#/billing/view-contact/{id}/details';
export const MATTER_URL_TEMPLATE = '{app}/#/billing/view-matter/{id}';

/** Browser address of a contact's page in Smokeball's web app. */
export function contactUrl(hosts: Pick<SmokeballHosts, 'app'>, id: string, template = CONTACT_URL_TEMPLATE): string {
  return fill(template, hosts.app, id);
}

/** Browser address of a matter's (or lead's) page in Smokeball's web app. */
export function matterUrl(hosts: Pick<SmokeballHosts, 'app'>, id: string, template = MATTER_URL_TEMPLATE): string {
  return fill(template, hosts.app, id);
}

function fill(template: string, app: string, id: string): string {
  return template.replaceAll('{app}', () => app.replace(/\/+$/, '')).replaceAll('{id}', () => encodeURIComponent(id));
}
