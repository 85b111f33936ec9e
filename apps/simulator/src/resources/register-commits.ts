import { createFile, deleteFile, editFile } from '../files/file-changes';
import { writeFolder } from '../files/folder-changes';
import { expireRefresh } from '../auth/grants';
import type { Origin } from '../webhooks/event';
import type { World } from '../world';
import { activityCodeView } from './activity-codes';
import { deleteContact, putContact, relateContact } from './contact-changes';
import { feeView } from './fees';
import { Links } from './links';
import { changeMatter, createMatter, deleteMatter, numberMatter } from './matter-changes';
import { changeRoles } from './matter-role-changes';
import { updateFirm } from './firm-writes';
import { memoView } from './memos';
import { writePlain, type PlainInput, type PlainViews } from './plain-changes';
import { putStaff, staffLeaves } from './staff-writes';
import { taskView } from './tasks';
import { createUser, mapUser, userLeaves } from './user-changes';

const WEBHOOK_LINKS = new Links(null);
const PLAIN_VIEWS: PlainViews = {
  memos: { event: 'memo', view: (record) => memoView(record, WEBHOOK_LINKS) },
  tasks: { event: 'task', view: (record) => taskView(record, WEBHOOK_LINKS) },
  fees: { event: 'fee', view: (record) => feeView(record, WEBHOOK_LINKS) },
  activitycodes: { event: 'activitycode', view: (record) => activityCodeView(record, WEBHOOK_LINKS) },
};

/** Joins the names of stored work to the code that does it. */
export function registerCommits(world: World): void {
  const { writes, scheduler } = world;
  writes.handle('contacts.put', putContact);
  writes.handle('contacts.delete', deleteContact);
  writes.handle('contacts.relations', relateContact);
  writes.handle('matters.create', createMatter);
  writes.handle('matters.change', changeMatter);
  writes.handle('matters.delete', deleteMatter);
  writes.handle('matters.roles', changeRoles);
  writes.handle('staff.put', putStaff);
  writes.handle('staff.leave', staffLeaves);
  writes.handle('users.create', createUser);
  writes.handle('users.map', mapUser);
  writes.handle('users.leave', userLeaves);
  writes.handle('firm.update', updateFirm);
  writes.handle('files.create', createFile);
  writes.handle('files.edit', editFile);
  writes.handle('files.delete', deleteFile);
  writes.handle('plain.write', (firm, commit, w) => {
    const { resource } = commit.input as PlainInput;
    if (resource === 'folders') writeFolder(firm, commit, w);
    else writePlain(firm, commit, w, PLAIN_VIEWS);
  });
  scheduler.handle('number', (data) => {
    const job = data as { tenant: string; accountId: string; matterId: string; origin: Origin };
    const firm = world.tenant(job.tenant).firms.get(job.accountId);
    if (firm !== undefined) numberMatter(firm, job.matterId, job.origin, world);
  });
  scheduler.handle('refresh-expiry', (data) => {
    const job = data as { tenant: string; grantId: string };
    expireRefresh(world, world.tenant(job.tenant), job.grantId);
  });
}
