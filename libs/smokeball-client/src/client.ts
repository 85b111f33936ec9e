import type { Dispatcher } from 'undici';
import { SmokeballTransport, type TransportOptions } from './http/transport';
import type { SmokeballHosts } from './regions';
import { ActivityCodesResource } from './resources/activity-codes';
import { ContactsResource } from './resources/contacts';
import { FeesResource } from './resources/fees';
import { FileStorage } from './resources/file-storage';
import { FilesResource } from './resources/files';
import { FirmResource } from './resources/firm';
import { FirmUsersResource } from './resources/firm-users';
import { MatterTypesResource } from './resources/matter-types';
import { MattersResource } from './resources/matters';
import { MemosResource } from './resources/memos';
import { StaffResource } from './resources/staff';
import { TasksResource } from './resources/tasks';
import { UsersResource } from './resources/users';
import { WebhooksResource } from './resources/webhooks';

export interface SmokeballClientOptions extends TransportOptions {
  readonly hosts: SmokeballHosts;
  /** Our OAuth client id; the client carries it along for signature checks and for whoever builds the gate. */
  readonly clientId: string;
  /** undici dispatcher: a proxy agent, or a pool with another connect time-out. Default: one pool per process. */
  readonly dispatcher?: Dispatcher;
}

/** Smokeball's API as one firm sees it. Cheap to make: connections are pooled per process. */
export interface SmokeballClient {
  readonly hosts: SmokeballHosts;
  readonly clientId: string;
  readonly contacts: ContactsResource;
  readonly matters: MattersResource;
  readonly matterTypes: MatterTypesResource;
  readonly staff: StaffResource;
  readonly firm: FirmResource;
  readonly firmUsers: FirmUsersResource;
  readonly users: UsersResource;
  readonly files: FilesResource;
  readonly webhooks: WebhooksResource;
  readonly tasks: TasksResource;
  readonly fees: FeesResource;
  readonly activityCodes: ActivityCodesResource;
  readonly memos: MemosResource;
}

/** A client for one connection. Every method returns a `CallResult` and takes a `CallContext` last. */
export function createSmokeballClient(options: SmokeballClientOptions): SmokeballClient {
  const transport = new SmokeballTransport(options);
  return {
    hosts: options.hosts,
    clientId: options.clientId,
    contacts: new ContactsResource(transport),
    matters: new MattersResource(transport),
    matterTypes: new MatterTypesResource(transport),
    staff: new StaffResource(transport),
    firm: new FirmResource(transport),
    firmUsers: new FirmUsersResource(transport),
    users: new UsersResource(transport),
    files: new FilesResource(transport, new FileStorage(options.dispatcher)),
    webhooks: new WebhooksResource(transport),
    tasks: new TasksResource(transport),
    fees: new FeesResource(transport),
    activityCodes: new ActivityCodesResource(transport),
    memos: new MemosResource(transport),
  };
}
