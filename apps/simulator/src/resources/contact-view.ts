import type { Firm } from '../model/firm';
import type { ContactKind, ContactRecord } from '../model/records';
import { contactName } from './contact-names';
import { COMPANY_SHAPE, GROUP_SHAPE, PERSON_SHAPE, TRUST_SHAPE } from './contact-shapes';
import type { Links } from './links';
import { texts } from './read-input';

const KINDS: readonly ContactKind[] = ['person', 'company', 'trust', 'groupOfPeople'];
const SHAPES = { person: PERSON_SHAPE, company: COMPANY_SHAPE, trust: TRUST_SHAPE, groupOfPeople: GROUP_SHAPE };
const WRITE_ONLY: ReadonlySet<string> = new Set(['directorIds', 'peopleIds']);

/** A contact as it is read. Without `withTags` the member `tags` is absent, as in lists that did not ask for it. */
export function contactView(firm: Firm, contact: ContactRecord, links: Links, withTags = true): unknown {
  const nulls = links.isForWebhooks();
  const self = links.href(`contacts/${contact.id}`);
  const kinds = nulls ? KINDS.map((kind) => [kind, null]) : [];
  return {
    id: contact.id,
    href: self ?? undefined,
    method: nulls ? undefined : 'GET',
    self: self === null ? undefined : { id: contact.id, href: self, rel: 'self', method: 'GET' },
    externalSystemId: contact.externalSystemId,
    versionId: contact.versionId,
    ...Object.fromEntries(kinds),
    [contact.kind]: kindView(firm, contact, links),
    isDeleted: contact.isDeleted,
    lastUpdated: BigInt(contact.lastUpdated),
    tags: withTags && !nulls ? contactTags(firm, contact) : undefined,
  };
}

/** Custom tags with their ids, then the roles the contact has in matters, which have none. */
export function contactTags(firm: Firm, contact: ContactRecord): unknown[] {
  const custom = contact.tagIds.flatMap((id) => firm.contactTags.get(id) ?? []);
  const roles = new Set<string>();
  for (const matter of firm.matters.listing.ofContact(contact.id)) {
    if (matter.clientIds.includes(contact.id) && matter.clientRole !== '') roles.add(matter.clientRole);
    if (matter.otherSideIds.includes(contact.id) && matter.otherSideRole !== '') roles.add(matter.otherSideRole);
    for (const role of matter.extraRoles) if (role.contactId === contact.id) roles.add(role.name);
  }
  return [
    ...custom.map((tag) => ({ id: tag.id, name: tag.name, type: 'Custom' })),
    ...[...roles].map((name) => ({ name, type: 'Role' })),
  ];
}

function kindView(firm: Firm, contact: ContactRecord, links: Links): Record<string, unknown> {
  const view: Record<string, unknown> = {};
  if (links.isForWebhooks()) {
    for (const name of Object.keys(SHAPES[contact.kind])) if (!WRITE_ONLY.has(name)) view[name] = null;
  }
  for (const [name, value] of Object.entries(contact.body)) if (!WRITE_ONLY.has(name)) view[name] = value;
  const linked = (name: string, rel: string) => texts(contact.body[name]).map((id) => links.contact(id, rel));
  if (contact.kind === 'company')
    return { ...view, staff: linked('staffIds', 'Staff'), directors: linked('directorIds', 'Director') };
  if (contact.kind === 'groupOfPeople') {
    return {
      ...view,
      people: linked('peopleIds', 'Person'),
      name: contactName(contact, (id) => firm.contacts.get(id)),
    };
  }
  if (contact.kind === 'trust') return { ...view, contacts: [] };
  return view;
}
