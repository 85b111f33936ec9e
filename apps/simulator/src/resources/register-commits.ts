import { createFile, deleteFile, editFile } from '../files/file-changes';
import { expireRefresh } from '../auth/grants';
import type { Origin } from '../webhooks/event';
import type { World } from '../world';
import { activityCodeView } from './activity-codes';
import { deleteContact, putContact, relateContact } from './contact-changes';
import { feeView } from './fees';
import { Links } from './links';
import { changeMatter, createMatter, deleteMatter, numberMatter } from './matter-changes';
import { memoView } from './memos';
import { writePlain, type PlainViews } from './plain-changes';
import { taskView } from './tasks';

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
  writes.handle('files.create', createFile);
  writes.handle('files.edit', editFile);
  writes.handle('files.delete', deleteFile);
  writes.handle('plain.write', (firm, commit, w) => writePlain(firm, commit, w, PLAIN_VIEWS));
  scheduler.handle('number', (data) => {
    const job = data as { tenant: string; accountId: string; matterId: string; origin: Origin };
    const firm = world.tenant(job.tenant).firms.get(job.accountId);
    if (firm !== undefined) numberMatter(firm, job.matterId, job.origin, world);
  });
  scheduler.handle('refresh-expiry', (data) => {
    const job = data as { tenant: string; grantId: string };
    expireRefresh(world.tenant(job.tenant), job.grantId);
  });
}
