import type { Firm } from '../model/firm';
import type { FileRecord } from '../model/records';
import type { Tenant } from '../model/tenant';
import { contactView } from '../resources/contact-view';
import { feeView } from '../resources/fees';
import { Links } from '../resources/links';
import { matterView } from '../resources/matter-view';
import { memoView } from '../resources/memos';
import { staffView } from '../resources/staff';
import { taskView } from '../resources/tasks';
import type { World } from '../world';
import type { Json } from '../core';
import type { FileState, FirmState, TenantState } from './tenant-state';

/** Everything that a tenant holds and that has become visible. */
export function tenantState(world: World, tenant: Tenant): TenantState {
  const firms = [...tenant.firms.values()].map((firm) => firmState(world, tenant, firm));
  return { tenant: tenant.info.name, firms };
}

function firmState(world: World, tenant: Tenant, firm: Firm): FirmState {
  const links = new Links(tenant.info.apiUrl);
  const catalogue = world.catalogue(tenant.info.name);
  const options = { withItems: true, withTags: true };
  return {
    account_id: firm.accountId,
    name: firm.record().name,
    contacts: [...firm.contacts.values()].map((row) => contactView(firm, row, links) as Record<string, unknown>),
    matters: [...firm.matters.values()].map((row) => {
      return { ...matterView(firm, catalogue, row, links, options), isDeleted: row.status === 'Deleted' };
    }),
    files: [...firm.files.values()].map(fileState),
    webhooks: [...tenant.subscriptions.values()]
      .filter((subscription) => subscription.accountId === firm.accountId)
      .map(({ id, clientId, name, key, eventTypes, eventNotificationUrl }) => {
        return { id, clientId, name, key, eventTypes, eventNotificationUrl };
      }),
    staff: [...firm.staff.values()].map((row) => staffView(row, links, true)),
    users: [...firm.users.values()].map(({ id, email, staffId, password, isFormerUser }) => {
      return { userId: id, email, staffId, password, isFormerUser };
    }),
    memos: [...firm.plain.memos.values()].map((row) => memoView(row, links)),
    tasks: [...firm.plain.tasks.values()].map((row) => taskView(row, links)),
    fees: [...firm.plain.fees.values()].map((row) => feeView(row, links)),
  };
}

export function fileState(file: FileRecord): FileState {
  const newest = file.versions[file.versions.length - 1];
  return {
    id: file.id,
    matterId: file.matterId,
    name: file.name,
    fileExtension: file.fileExtension,
    folderId: file.folderId,
    sizeBytes: newest?.sizeBytes ?? 0,
    sha256: newest?.sha256 ?? null,
    isUploaded: file.isUploaded,
    isCancelled: file.isCancelled,
    isDeleted: file.isDeleted,
    versions: file.versions,
    additionalData: file.additionalData as Json,
  };
}
