import type { RouteDescription } from '../route-description';
import { CONNECTION_HEALTH_ROUTES } from './connection-health-routes';
import { CONNECTION_ROUTES } from './connection-routes';
import { CONSOLE_ROUTES } from './console-routes';
import { DELIVERY_ROUTES } from './delivery-routes';
import { HEALTH_ROUTES } from './health-routes';
import { INTAKE_ROUTES } from './intake-routes';
import { ISSUE_ROUTES } from './issue-routes';
import { REVIEW_ROUTES } from './review-routes';
import { MAPPING_ROUTES } from './mapping-routes';
import { SYNC_ROUTES } from './sync-routes';
import { VODIA_CALL_ROUTES } from './vodia-call-routes';
import { VODIA_TENANT_ROUTES } from './vodia-tenant-routes';
import { WEBHOOK_ROUTES } from './webhook-routes';

/** Every route by method and address. */
export const ROUTE_DESCRIPTIONS: Readonly<Record<string, RouteDescription>> = {
  ...INTAKE_ROUTES,
  ...SYNC_ROUTES,
  ...ISSUE_ROUTES,
  ...CONNECTION_ROUTES,
  ...CONNECTION_HEALTH_ROUTES,
  ...MAPPING_ROUTES,
  ...WEBHOOK_ROUTES,
  ...DELIVERY_ROUTES,
  ...VODIA_CALL_ROUTES,
  ...VODIA_TENANT_ROUTES,
  ...CONSOLE_ROUTES,
  ...REVIEW_ROUTES,
  ...HEALTH_ROUTES,
};
