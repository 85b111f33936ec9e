import { fileRoutes } from '../files/file-routes';
import { folderRoutes } from '../files/folder-routes';
import { searchRoutes } from '../files/search-files';
import type { Route } from '../gateway/call';
import { webhookRoutes } from '../webhooks/webhook-routes';
import { activityCodeRoutes } from './activity-codes';
import { contactRelationRoutes } from './contact-relations';
import { contactTagRoutes } from './contact-tags';
import { contactRoutes } from './contacts';
import { feeRoutes } from './fees';
import { firmRoutes } from './firm-and-users';
import { firmWriteRoutes } from './firm-writes';
import { matterPartRoutes } from './matter-parts';
import { matterRoleWriteRoutes } from './matter-role-writes';
import { matterTagRoutes } from './matter-tags';
import { matterTypeRoutes } from './matter-types';
import { matterRoutes } from './matters';
import { memoRoutes } from './memos';
import { notSimulatedRoutes } from './not-simulated';
import { staffRoutes } from './staff';
import { staffWriteRoutes } from './staff-writes';
import { subtaskRoutes } from './subtasks';
import { taskDocumentRoutes } from './task-documents';
import { taskRoutes } from './tasks';
import { userWriteRoutes } from './user-writes';

/** Every operation of the API: what is simulated on real state, then what answers 501. */
export const API_ROUTES: readonly Route[] = [
  ...contactRoutes,
  ...contactTagRoutes,
  ...contactRelationRoutes,
  ...matterRoutes,
  ...matterTagRoutes,
  ...matterPartRoutes,
  ...matterRoleWriteRoutes,
  ...matterTypeRoutes,
  ...staffRoutes,
  ...staffWriteRoutes,
  ...firmRoutes,
  ...firmWriteRoutes,
  ...userWriteRoutes,
  ...memoRoutes,
  ...taskRoutes,
  ...subtaskRoutes,
  ...taskDocumentRoutes,
  ...feeRoutes,
  ...activityCodeRoutes,
  ...fileRoutes,
  ...folderRoutes,
  ...searchRoutes,
  ...webhookRoutes,
  ...notSimulatedRoutes,
];
