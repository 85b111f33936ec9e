import type { Firm } from '../model/firm';
import { storeFile, ingestFile } from '../files/file-changes';
import { splitFileName } from '../files/file-input';
import { readContact } from '../resources/contact-changes';
import { checkMatterBody, checkPatchBody, lateConversionError, lateMatterError } from '../resources/matter-rules';
import { newMatter, patchedMatter } from '../resources/matter-changes';
import { MATTER_PATCH_SHAPE, MATTER_SHAPE } from '../resources/matter-shapes';
import { readFields, requireFields } from '../resources/read-input';
import { commitOf } from '../resources/write-later';
import type { World } from '../world';
import type { AsUserActions } from './as-user-actions';
import { AsUserError } from './as-user-error';
import { fileActions } from './as-user-files';
import { originOf } from './as-user-origin';
import { tagActions } from './as-user-tags';

export { AsUserError } from './as-user-error';

/** Changes by a person in Smokeball: nothing is late, and events say `source: Smokeball` with a RequestId of their own. */
export function userActions(world: World): AsUserActions {
  const firmFor = (tenant: string, accountId: unknown): Firm => {
    const firms = world.findTenant(tenant)?.firms;
    const firm = typeof accountId === 'string' ? firms?.get(accountId) : firms?.values().next().value;
    if (firm === undefined) throw new AsUserError('There is no such firm.');
    return firm;
  };
  const firmWith = (tenant: string, id: string, has: (firm: Firm) => boolean): Firm => {
    const firm = world.findTenant(tenant)?.firmWith(has);
    if (firm === undefined) throw new AsUserError(`There is no record ${id}.`);
    return firm;
  };
  const apply = (firm: Firm, operation: string, id: string, input: unknown): { readonly id: string } => {
    world.writes.apply(commitOf(firm, { operation, id, input }, originOf(world, firm)));
    world.database.flush();
    return { id };
  };
  const region = (tenant: string) => world.tenant(tenant).info.region;
  return {
    ...fileActions(world),
    ...tagActions(world),
    createContact: (tenant, fields) => {
      const firm = firmFor(tenant, fields['account_id']);
      return apply(firm, 'contacts.put', world.random.uuid(), readContact(fields, region(tenant)));
    },
    updateContact: (tenant, id, fields) => {
      const firm = firmWith(tenant, id, (candidate) => candidate.contacts.get(id) !== undefined);
      const before = firm.contacts.get(id);
      if (before === undefined) throw new AsUserError(`There is no contact ${id}.`);
      const kind = { ...before.body, ...(fields[before.kind] as object | undefined) };
      const { externalSystemId, isDeleted } = before;
      const merged = { externalSystemId, isDeleted, ...fields, [before.kind]: kind };
      return apply(firm, 'contacts.put', id, readContact(merged, region(tenant)));
    },
    createMatter: (tenant, fields) => {
      const firm = firmFor(tenant, fields['account_id']);
      const input = readFields({ status: 'Open', ...fields }, MATTER_SHAPE);
      requireFields(input, ['matterTypeId', 'clientIds']);
      checkMatterBody(input);
      const id = world.random.uuid();
      const error = lateMatterError(firm, world.catalogue(tenant), newMatter(world, firm, id, input), world.switches());
      if (error !== undefined) throw new AsUserError(error);
      return apply(firm, 'matters.create', id, input);
    },
    updateMatter: (tenant, id, fields) => {
      const firm = firmWith(tenant, id, (candidate) => candidate.matters.get(id) !== undefined);
      const before = firm.matters.get(id);
      if (before === undefined) throw new AsUserError(`There is no matter ${id}.`);
      const input = readFields(fields, MATTER_PATCH_SHAPE);
      checkMatterBody(input);
      checkPatchBody(input, before);
      const next = patchedMatter(world, before, input, tenant);
      const error =
        lateConversionError(input, before) ?? lateMatterError(firm, world.catalogue(tenant), next, world.switches());
      if (error !== undefined) throw new AsUserError(error);
      return apply(firm, 'matters.change', id, { how: 'patch', fields: input });
    },
    addFile: (tenant, matterId, file) => {
      const firm = firmWith(tenant, matterId, (candidate) => candidate.matters.get(matterId) !== undefined);
      const origin = originOf(world, firm);
      const id = file.fileId ?? world.random.uuid();
      if (firm.files.get(id) === undefined) {
        const now = world.clock.iso();
        storeFile(world, firm, {
          id,
          matterId,
          folderId: null,
          ...splitFileName(file.fileName),
          ownerId: origin.userId,
          dateCreated: now,
          dateModified: now,
          additionalData: null,
          isFavorite: false,
          isUploaded: false,
          isCancelled: false,
          isDeleted: false,
          versions: [],
          history: [],
          changeSeq: 0,
        });
      }
      const sha256 = world.blobs.put(file.content);
      const { accountId } = firm;
      ingestFile(world, { tenant, accountId, fileId: id, sha256, sizeBytes: file.content.length, origin });
      firm.files.refresh(id);
      world.database.flush();
      return { id };
    },
  };
}
