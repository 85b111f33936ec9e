import type { Firm } from '../model/firm';
import type { MatterRecord } from '../model/records';
import type { Commit } from '../store/writes';
import type { Origin } from '../webhooks/event';
import type { World } from '../world';
import { Links } from './links';
import { checksWhenApplied, lateMatterError } from './matter-rules';
import { OWN_MEMBERS } from './matter-shapes';
import { matterView } from './matter-view';
import { rolesOf } from './matter-roles-of';
import { text, texts, type Fields } from './read-input';

const WEBHOOK_LINKS = new Links(null);

/** A new matter from the write model. Roles that are not given are the type's first ones. */
export function newMatter(world: World, firm: Firm, id: string, fields: Fields): MatterRecord {
  const matterTypeId = text(fields['matterTypeId']) ?? '';
  const [first = '', second = ''] = world.catalogue(firm.tenant).get(matterTypeId)?.representativeOptions ?? [];
  return {
    id,
    versionId: '0',
    matterTypeId,
    clientIds: texts(fields['clientIds']),
    otherSideIds: texts(fields['otherSideIds']),
    clientRole: text(fields['clientRole']) ?? first,
    otherSideRole: text(fields['otherSideRole']) ?? second,
    status: text(fields['status']) ?? 'Open',
    isLead: fields['isLead'] === true,
    number: text(fields['number']),
    body: keptMembers({}, fields),
    extraRoles: [],
    items: {},
    tagIds: [],
    restrictedTo: null,
  };
}

/** `PATCH`: absent leaves as it is, null or "" clears. */
export function patchedMatter(world: World, before: MatterRecord, fields: Fields, tenant: string): MatterRecord {
  const matterTypeId = text(fields['matterTypeId']) ?? before.matterTypeId;
  const isOtherType = matterTypeId.toLowerCase() !== before.matterTypeId.toLowerCase();
  const [first = '', second = ''] = world.catalogue(tenant).get(matterTypeId)?.representativeOptions ?? [];
  const clientRole = text(fields['clientRole']) ?? (isOtherType ? first : before.clientRole);
  const otherSideRole = isOtherType ? (second === clientRole ? first : second) : before.otherSideRole;
  const opened = fields['dateOpened'] === undefined ? {} : { openedDate: fields['dateOpened'] };
  const items = (fields['items'] ?? {}) as MatterRecord['items'];
  return {
    ...before,
    matterTypeId,
    clientIds: fields['clientIds'] === undefined ? before.clientIds : texts(fields['clientIds']),
    otherSideIds: fields['otherSideIds'] === undefined ? before.otherSideIds : texts(fields['otherSideIds']),
    clientRole,
    otherSideRole,
    status: text(fields['status']) ?? before.status,
    isLead: typeof fields['isLead'] === 'boolean' ? fields['isLead'] : before.isLead,
    number: fields['number'] === undefined ? before.number : text(fields['number']),
    body: keptMembers(before.body, { ...opened, ...fields }),
    items: { ...before.items, ...items },
  };
}

/** `PUT`: as a new one, but clients, other sides, tags and the kind (lead or matter) stay. */
export function replacedMatter(world: World, firm: Firm, before: MatterRecord, fields: Fields): MatterRecord {
  const { extraRoles, parties, items, tagIds, restrictedTo, clientIds, otherSideIds, versionId } = before;
  const fresh = newMatter(world, firm, before.id, fields);
  const number = fresh.number ?? before.number;
  if (world.isOff('matterRules')) return { ...fresh, extraRoles, items, tagIds, restrictedTo, versionId, number };
  return { ...fresh, extraRoles, parties, items, tagIds, restrictedTo, clientIds, otherSideIds, versionId, number };
}

/** `matters.create` */
export function createMatter(firm: Firm, commit: Commit, world: World): void {
  const matter = newMatter(world, firm, commit.id, commit.input as Fields);
  if (failsNow(firm, matter, commit, world)) return;
  const stored = storeMatter(firm, matter, commit.origin, world);
  const types = ['matter.created', 'roles.updated', 'matteritems.updated', 'matter.updated'];
  raiseAll(firm, stored, fansOut(world) ? types : ['matter.created'], commit.origin, world);
  numberLater(firm, stored, commit.origin, world);
}

/** `matters.patch` and `matters.put`; the input tells which by `how`. */
export function changeMatter(firm: Firm, commit: Commit, world: World): void {
  const before = firm.matters.get(commit.id);
  if (before === undefined) return;
  const { how, fields } = commit.input as { readonly how: 'patch' | 'put'; readonly fields: Fields };
  const next =
    how === 'put' ? replacedMatter(world, firm, before, fields) : patchedMatter(world, before, fields, firm.tenant);
  if (failsNow(firm, next, commit, world)) return;
  finishChange(firm, before, next, commit.origin, world);
}

/** Where references are checked when a write is applied, an unknown one is told now. */
function failsNow(firm: Firm, next: MatterRecord, commit: Commit, world: World): boolean {
  if (!checksWhenApplied(world.switches()) || commit.origin.source === 'Smokeball') return false;
  const error = lateMatterError(firm, world.catalogue(firm.tenant), next, world.switches());
  if (error !== undefined) world.writes.fail(firm, 'Matter', commit.id, error, commit.origin);
  return error !== undefined;
}

/** `matters.delete` */
export function deleteMatter(firm: Firm, commit: Commit, world: World): void {
  const before = firm.matters.get(commit.id);
  if (before !== undefined) finishChange(firm, before, { ...before, status: 'Deleted' }, commit.origin, world);
}

/** The job `number`: the firm's next number. */
export function numberMatter(firm: Firm, matterId: string, origin: Origin, world: World): void {
  const matter = firm.matters.get(matterId);
  if (matter === undefined || matter.number !== null || matter.isLead) return;
  const year = new Date(world.clock.now()).getUTCFullYear();
  const number = `${firm.record().prefix}-${year}-${`${firm.count('matter-number')}`.padStart(4, '0')}`;
  const stored = storeMatter(firm, { ...matter, number }, origin, world);
  raiseAll(firm, stored, ['matter.updated'], origin, world);
}

export function storeMatter(firm: Firm, matter: MatterRecord, origin: Origin, world: World): MatterRecord {
  const stored = { ...matter, versionId: world.clock.ticks().toString() };
  if (origin.source === 'Smokeball') firm.matters.putAtOnce(stored);
  else firm.matters.put(stored);
  world.noteChange({ kind: 'matter', tenant: firm.tenant, id: matter.id });
  return stored;
}

export function raiseAll(
  firm: Firm,
  matter: MatterRecord,
  types: readonly string[],
  cause: Origin,
  world: World,
): void {
  const catalogue = world.catalogue(firm.tenant);
  const isShared = world.switches().fan_out_shares_request_id;
  for (const [index, type] of types.entries()) {
    const { id, versionId } = matter;
    const origin = index === 0 || isShared ? cause : { ...cause, requestId: world.random.uuid() };
    if (type === 'roles.updated') {
      const roles = rolesOf(matter).map(({ id: roleId, name, contactId }) => ({
        id: roleId,
        name,
        contact: { id: contactId },
      }));
      world.dispatcher.raise(firm, { type, payload: { id, versionId, matterId: id, roles }, origin });
    } else if (type === 'matteritems.updated') {
      world.dispatcher.raise(firm, { type, payload: { id, versionId, matterId: id }, origin });
    } else {
      const payload = matterView(firm, catalogue, matter, WEBHOOK_LINKS, { withItems: false, withTags: false });
      world.dispatcher.raise(firm, { type, payload, origin });
    }
  }
}

function finishChange(firm: Firm, before: MatterRecord, next: MatterRecord, origin: Origin, world: World): void {
  const today = world.clock.iso();
  const isClosing = before.status !== 'Closed' && next.status === 'Closed';
  const closed = isClosing && text(next.body['closedDate']) === null ? { closedDate: today } : {};
  const stored = storeMatter(firm, { ...next, body: { ...next.body, ...closed } }, origin, world);
  const hasNewParties =
    before.clientIds.join() !== next.clientIds.join() || before.otherSideIds.join() !== next.otherSideIds.join();
  const types = [
    'matter.updated',
    ...(before.status === next.status ? [] : ['matter.statusUpdated']),
    ...(isClosing ? ['matter.closed'] : []),
    ...(before.isLead && !next.isLead ? ['matter.converted'] : []),
    ...(hasNewParties && fansOut(world) ? ['roles.updated'] : []),
  ];
  raiseAll(firm, stored, types, origin, world);
  if (before.isLead && !next.isLead) numberLater(firm, stored, origin, world);
}

function fansOut(world: World): boolean {
  return world.switches().fan_out && !world.isOff('fanOut');
}

function numberLater(firm: Firm, matter: MatterRecord, origin: Origin, world: World): void {
  if (matter.number !== null || matter.isLead) return;
  if (world.isOff('lateNumber')) return numberMatter(firm, matter.id, origin, world);
  const delayMs = world.random.within(world.switches().number_delay_ms);
  const data = { tenant: firm.tenant, accountId: firm.accountId, matterId: matter.id, origin };
  world.scheduler.add(firm.tenant, 'number', delayMs, data);
}

function keptMembers(before: Fields, fields: Fields): Fields {
  const kept: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(fields)) {
    if (OWN_MEMBERS.has(name)) continue;
    if (value === null || value === '') delete kept[name];
    else if (value !== undefined) kept[name] = value;
  }
  return kept;
}
