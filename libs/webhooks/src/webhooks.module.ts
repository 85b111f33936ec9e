import { Global, Module } from '@nestjs/common';
import { CaseHugApi } from './casehug/casehug-api';
import { ConnectionEvents } from './connection-events';
import { EventClaims } from './event-claims';
import { EventHandlers } from './event-handlers';
import { ConnectionHealth } from './health/connection-health';
import { TestEvents } from './health/test-event';
import { Inbox } from './inbox';
import { EventDetails } from './event-details';
import { ClaimDelivery } from './outgoing/claim-delivery';
import { CloseDelivery } from './outgoing/close-delivery';
import { InboxNews } from './inbox-news';
import { Deliver } from './outgoing/deliver';
import { EndpointListeners } from './outgoing/endpoint-listeners';
import { EndpointStates } from './outgoing/endpoint-states';
import { Endpoints } from './outgoing/endpoints';
import { OutgoingEvents } from './outgoing/outgoing-events';
import { Replay } from './outgoing/replay';
import { EventParts } from './event-parts';
import { SignedPost } from './outgoing/signed-post';
import { ProcessEvent } from './process-event';
import { SharedInbox } from './shared-inbox';
import { Echoes } from './smokeball/echoes';
import { SubscriptionLease } from './subscriptions/subscription-lease';
import { SubscriptionListeners } from './subscriptions/subscription-listeners';
import { Snapshots } from './snapshots/snapshots';
import { HookBook, HookBookParts } from './smokeball/hook-book';
import { HookDoor } from './smokeball/hook-door';
import { ReceiveHook } from './smokeball/receive-hook';
import { SubscriptionParts, Subscriptions } from './subscriptions/subscriptions';
import { Watchdog } from './subscriptions/watchdog';
import { SyncFailedEvents } from './sync-failed-events';
import { EventsApart } from './events-apart';

const SERVICES = [
  EventHandlers,
  Inbox,
  InboxNews,
  SharedInbox,
  CaseHugApi,
  OutgoingEvents,
  Endpoints,
  Deliver,
  ClaimDelivery,
  CloseDelivery,
  EndpointListeners,
  EndpointStates,
  Replay,
  EventDetails,
  SignedPost,
  EventParts,
  EventClaims,
  ProcessEvent,
  Echoes,
  Snapshots,
  HookBookParts,
  HookBook,
  ReceiveHook,
  SubscriptionLease,
  SubscriptionListeners,
  HookDoor,
  SubscriptionParts,
  Subscriptions,
  Watchdog,
  TestEvents,
  ConnectionHealth,
  ConnectionEvents,
  SyncFailedEvents,
  EventsApart,
];

@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class WebhooksModule {}
