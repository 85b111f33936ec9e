import type { AnswerContact, AnswerMatter } from '@matterline/contracts';
import { contactDisplay, type IndexedContact } from '@matterline/contacts';
import type { KnownMatter } from '@matterline/matter-mapping';
import {
  CONTACT_URL_TEMPLATE,
  contactUrl,
  type Matter,
  matterUrl,
  type SmokeballHosts,
} from '@matterline/smokeball-client';
import type { LiveHit } from './stored-match';

/** How many matters a pop has room for. */
const SHOWN_MATTERS = 5;

export interface LinkSettings {
  readonly hosts: Pick<SmokeballHosts, 'app'>;
  readonly template: string | null;
}

const urlOf = ({ hosts, template }: LinkSettings, id: string) =>
  contactUrl(hosts, id, template ?? CONTACT_URL_TEMPLATE);

export function indexedContact(
  contact: IndexedContact,
  matters: readonly KnownMatter[],
  links: LinkSettings,
): AnswerContact {
  const { contactId: id, name, firstName, lastName, company, type, matchedOn } = contact;
  const shown = matters.slice(0, SHOWN_MATTERS).map((matter) => ({
    id: matter.id,
    number: matter.number,
    title: matter.title || matter.description,
    status: matter.status,
    role: matter.role,
    url: matterUrl(links.hosts, matter.id),
  }));
  return {
    id,
    name,
    first_name: firstName,
    last_name: lastName,
    company,
    type,
    matched_on: matchedOn,
    url: urlOf(links, id),
    matters: shown,
  };
}

export function liveContact(
  { contact, matchedOn }: LiveHit,
  matters: readonly Matter[],
  links: LinkSettings,
): AnswerContact {
  const { type, name, firstName, lastName, company } = contactDisplay(contact);
  const shown = newestFirst(matters)
    .slice(0, SHOWN_MATTERS)
    .map((matter) => liveMatter(matter, contact.id, links));
  return {
    id: contact.id,
    name,
    first_name: firstName,
    last_name: lastName,
    company,
    type,
    matched_on: matchedOn,
    url: urlOf(links, contact.id),
    matters: shown,
  };
}

function liveMatter(matter: Matter, contactId: string, links: LinkSettings): AnswerMatter {
  return {
    id: matter.id,
    number: matter.number ?? '',
    title: matter.title ?? matter.description ?? '',
    status: matter.status ?? '',
    role: matter.clientIds.includes(contactId) || !matter.otherSideIds.includes(contactId) ? 'client' : 'other_side',
    url: matterUrl(links.hosts, matter.id),
  };
}

/** Only `Open` and `Pending` are asked for, but the filter is Smokeball's: it is not relied on. */
function newestFirst(matters: readonly Matter[]): Matter[] {
  const live = matters.filter(({ status }) => status === 'Open' || status === 'Pending');
  return live.sort((left, right) => compareTicks(right.versionId, left.versionId));
}

function compareTicks(left = '0', right = '0'): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
