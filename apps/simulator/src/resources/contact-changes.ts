import type { Region } from '../model/region';
import type { Firm } from '../model/firm';
import type { ContactKind, ContactRecord } from '../model/records';
import type { Commit } from '../store/writes';
import type { World } from '../world';
import { CONTACT_SHAPE } from './contact-shapes';
import { contactView } from './contact-view';
import { Links } from './links';
import { readFields, refuseField, text, texts, type Fields } from './read-input';

const KINDS: readonly ContactKind[] = ['person', 'company', 'trust', 'groupOfPeople'];
const WEBHOOK_LINKS = new Links(null);

/** What a contact write holds once it has been checked. */
export interface ContactInput {
  readonly kind: ContactKind;
  readonly body: Fields;
  readonly externalSystemId: string | null;
  readonly isDeleted: boolean;
}

/** Shape, exactly one kind, and what the region knows: otherwise 400. An absent `isDeleted` reads as false. */
export function readContact(body: unknown, region: Region, checkKinds = requireOneKind): ContactInput {
  const fields = readFields(body, CONTACT_SHAPE);
  const given = KINDS.filter((kind) => fields[kind] !== undefined && fields[kind] !== null);
  checkKinds(given, region);
  const [kind = 'person'] = given;
  return {
    kind,
    body: withoutNulls((fields[kind] ?? {}) as Fields),
    externalSystemId: text(fields['externalSystemId']),
    isDeleted: fields['isDeleted'] === true,
  };
}

function requireOneKind(given: readonly ContactKind[], region: Region): void {
  if (given.length !== 1) {
    refuseField('contact', 'Exactly one of person, company, trust or groupOfPeople is required.');
  }
  const [kind] = given;
  if (kind === 'trust' && region !== 'us') refuseField('trust', 'Trusts are not supported in this region.');
  if (kind === 'groupOfPeople' && region === 'uk')
    refuseField('groupOfPeople', 'Groups are not supported in this region.');
}

/** Why the write would fail later: contacts that it names but that are not there. */
export function contactReferenceError(firm: Firm, input: ContactInput): string | undefined {
  const ids = ['staffIds', 'directorIds', 'peopleIds'].flatMap((name) => texts(input.body[name]));
  const unknown = ids.find((id) => firm.contacts.get(id) === undefined);
  return unknown === undefined ? undefined : `Contact ${unknown} does not belong to account ${firm.accountId}.`;
}

/** `contacts.put`: creates, or replaces all but tags and relations. Restoring a deleted one is an event of its own. */
export function putContact(firm: Firm, commit: Commit, world: World): void {
  const before = firm.contacts.get(commit.id);
  const given = commit.input as ContactInput;
  const input = before !== undefined && world.isOff('putReplaces') ? mergedInput(before, given) : given;
  const now: ContactRecord = {
    id: commit.id,
    ...input,
    versionId: world.random.uuid(),
    lastUpdated: world.clock.ticks().toString(),
    tagIds: before?.tagIds ?? [],
    relations: before?.relations ?? [],
  };
  store(firm, commit, world, now);
  const wasDeleted = before?.isDeleted ?? false;
  if (before === undefined) raise(firm, commit, world, now, 'contact.created');
  else if (wasDeleted && !now.isDeleted) raise(firm, commit, world, now, 'contact.restored');
  else if (!wasDeleted && now.isDeleted) raise(firm, commit, world, now, 'contact.deleted');
  else raise(firm, commit, world, now, 'contact.updated');
}

/** `contacts.delete`: a soft delete. */
export function deleteContact(firm: Firm, commit: Commit, world: World): void {
  const before = firm.contacts.get(commit.id);
  if (before === undefined || before.isDeleted) return;
  const now = { ...before, isDeleted: true, ...newVersion(world) };
  store(firm, commit, world, now);
  raise(firm, commit, world, now, 'contact.deleted');
}

/** `contacts.relations`: the list of related contacts is replaced. */
export function relateContact(firm: Firm, commit: Commit, world: World): void {
  const before = firm.contacts.get(commit.id);
  if (before === undefined) return;
  const change = commit.input as { readonly contactId: string; readonly businessRole: string | null; remove?: boolean };
  const others = before.relations.filter((relation) => relation.contactId !== change.contactId);
  const relation = { contactId: change.contactId, businessRole: change.businessRole };
  const relations = change.remove === true ? others : [...others, relation];
  const now = { ...before, relations, ...newVersion(world) };
  store(firm, commit, world, now);
  raise(firm, commit, world, now, 'contact.updated');
}

export function newVersion(world: World): { readonly versionId: string; readonly lastUpdated: string } {
  return { versionId: world.random.uuid(), lastUpdated: world.clock.ticks().toString() };
}

export function raise(
  firm: Firm,
  commit: Pick<Commit, 'origin'>,
  world: World,
  contact: ContactRecord,
  type: string,
): void {
  world.dispatcher.raise(firm, { type, payload: contactView(firm, contact, WEBHOOK_LINKS), origin: commit.origin });
}

function store(firm: Firm, commit: Commit, world: World, contact: ContactRecord): void {
  if (commit.origin.source === 'Smokeball') firm.contacts.putAtOnce(contact);
  else firm.contacts.put(contact);
  world.noteChange({ kind: 'contact', tenant: firm.tenant, id: contact.id });
}

function mergedInput(before: ContactRecord, given: ContactInput): ContactInput {
  const { isDeleted, externalSystemId } = before;
  const body = { ...before.body, ...given.body };
  return { ...given, body, isDeleted, externalSystemId: given.externalSystemId ?? externalSystemId };
}

function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
