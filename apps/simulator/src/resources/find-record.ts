import type { Call } from '../gateway/call';
import { notFound, problem, Refusal } from '../http/answer';
import type { Firm } from '../model/firm';
import type { ContactRecord, FileRecord, MatterRecord, PlainRecord } from '../model/records';
import type { PlainResource } from '../model/firm';

/** A contact of the caller's firm. Another firm's: 403. Unknown, or not yet visible: 404. */
export function findContact(call: Call, id: string): ContactRecord {
  return found(call, 'Contact', id, (firm) => firm.contacts.get(id));
}

/** A matter that the caller may see. Another firm's, or restricted to other users: 403. */
export function findMatter(call: Call, id = call.params['matterId'] ?? ''): MatterRecord {
  const matter = found(call, 'Matter', id, (firm) => firm.matters.get(id));
  if (!maySee(matter, call.userId)) throw new Refusal(problem(403, `You do not have access to matter ${id}.`));
  return matter;
}

export function maySee(matter: MatterRecord, userId: string | null): boolean {
  return matter.restrictedTo === null || userId === null || matter.restrictedTo.includes(userId);
}

/** A file of the matter in the path. */
export function findFile(call: Call): FileRecord {
  const matter = findMatter(call);
  const id = call.params['fileId'] ?? '';
  const file = found(call, 'File', id, (firm) => firm.files.get(id));
  if (file.matterId !== matter.id) throw new Refusal(notFound('File', id));
  return file;
}

/** A memo, task, fee, … of the matter in the path (when the path has one). */
export function findPlain(call: Call, resource: PlainResource, name: string, id: string): PlainRecord {
  const record = found(call, name, id, (firm) => firm.plain[resource].get(id));
  const matterId = call.params['matterId'];
  if (matterId !== undefined && record.matterId !== matterId) throw new Refusal(notFound(name, id));
  return record;
}

/** What `get` finds in the caller's firm; found in another firm: 403. */
export function found<T>(call: Call, name: string, id: string, get: (firm: Firm) => T | undefined): T {
  const mine = get(call.firm);
  if (mine !== undefined) return mine;
  const isForeign = call.tenant.firmWith((firm) => get(firm) !== undefined) !== undefined;
  if (isForeign && !call.world.isOff('problems'))
    throw new Refusal(problem(403, `${name} ${id} does not belong to this account.`));
  throw new Refusal(notFound(name, id));
}
