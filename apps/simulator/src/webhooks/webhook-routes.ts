import type { Call, Route } from '../gateway/call';
import { notFound, ok, problem, Refusal, type Answer } from '../http/answer';
import type { SubscriptionRecord } from '../model/records';
import { collectionAnswer, pagedAnswer } from '../resources/paging';
import { readFields, refuseField, requireFields, text, texts } from '../resources/read-input';

const READ = ['webhooks/read'];
const WRITE = ['webhooks/write'];
const SHAPE = { name: 'text', key: 'text', eventTypes: ['text'], eventNotificationUrl: 'text' } as const;

/** Subscriptions: unlike other resources they are written at once. */
export const webhookRoutes: readonly Route[] = [
  { method: 'GET', template: '/webhooks/types', scopes: READ, handle: types },
  { method: 'GET', template: '/webhooks', scopes: READ, handle: list },
  { method: 'POST', template: '/webhooks', scopes: WRITE, handle: create },
  { method: 'GET', template: '/webhooks/{id}', scopes: READ, handle: read },
  { method: 'PUT', template: '/webhooks/{id}', scopes: WRITE, handle: replace },
  { method: 'DELETE', template: '/webhooks/{id}', scopes: WRITE, handle: remove },
  { method: 'POST', template: '/webhooks/{id}/notify', scopes: WRITE, handle: notify },
];

function types(call: Call): Answer {
  return collectionAnswer(call, call.world.switches().webhook_types);
}

function list(call: Call): Answer {
  return pagedAnswer(call, mine(call), (known) => subscriptionView(call, known));
}

function create(call: Call): Answer {
  const input = readSubscription(call);
  const now = call.world.clock.iso();
  const subscription: SubscriptionRecord = {
    id: call.world.random.uuid(),
    accountId: call.firm.accountId,
    clientId: call.app.client_id,
    grantId: call.grant.id,
    ...input,
    createdDateUtc: now,
    updatedDateUtc: now,
    lastUpdated: call.world.clock.ticks().toString(),
  };
  call.tenant.subscriptions.put(subscription.id, subscription);
  return ok(subscriptionView(call, subscription));
}

function read(call: Call): Answer {
  return ok(subscriptionView(call, find(call)));
}

/** An absent key keeps the key: it is never shown, so nobody could send it back. */
function replace(call: Call): Answer {
  const before = find(call);
  const input = readSubscription(call);
  const subscription: SubscriptionRecord = {
    ...before,
    ...input,
    key: input.key ?? before.key,
    updatedDateUtc: call.world.clock.iso(),
    lastUpdated: call.world.clock.ticks().toString(),
  };
  call.tenant.subscriptions.put(subscription.id, subscription);
  return ok(subscriptionView(call, subscription));
}

function remove(call: Call): Answer {
  call.tenant.subscriptions.delete(find(call).id);
  return { status: 200 };
}

function notify(call: Call): Answer {
  const subscription = find(call);
  if (call.world.isOff('systemEvents')) return { status: 200 };
  const payload = { id: subscription.id };
  call.world.dispatcher.enqueue(call.tenant.info.name, call.firm.accountId, subscription, {
    type: 'noop',
    payload,
    origin: call.origin,
  });
  return { status: 200 };
}

function readSubscription(
  call: Call,
): Pick<SubscriptionRecord, 'name' | 'key' | 'eventTypes' | 'eventNotificationUrl'> {
  const fields = readFields(call.body, SHAPE);
  requireFields(fields, ['eventTypes', 'eventNotificationUrl']);
  const eventTypes = texts(fields['eventTypes']);
  const known = new Set(call.world.switches().webhook_types);
  const unknown = eventTypes.find((type) => !known.has(type));
  if (unknown !== undefined && !call.world.isOff('subscriptionRules'))
    refuseField('eventTypes', `The event type '${unknown}' is not valid.`);
  const eventNotificationUrl = text(fields['eventNotificationUrl']) ?? '';
  if (!URL.canParse(eventNotificationUrl) || !/^https?:/i.test(eventNotificationUrl)) {
    refuseField('eventNotificationUrl', 'A web address is required.');
  }
  return { name: text(fields['name']), key: text(fields['key']), eventTypes, eventNotificationUrl };
}

function mine(call: Call): SubscriptionRecord[] {
  const by = call.world.switches().webhooks_listed_by;
  return [...call.tenant.subscriptions.values()].filter((known) => {
    if (known.accountId !== call.firm.accountId) return false;
    if (by === 'account') return true;
    if (known.clientId !== call.app.client_id) return false;
    return by === 'client' || call.tenant.grants.get(known.grantId)?.userId === call.grant.userId;
  });
}

function find(call: Call): SubscriptionRecord {
  const id = call.params['id'] ?? '';
  const found = mine(call).find((known) => known.id === id);
  if (found !== undefined) return found;
  const isForeign = call.tenant.subscriptions.get(id) !== undefined;
  throw new Refusal(
    isForeign ? problem(403, `Subscription ${id} belongs to another account.`) : notFound('Subscription', id),
  );
}

/** The key is never shown. */
function subscriptionView(call: Call, subscription: SubscriptionRecord): Record<string, unknown> {
  const { id, accountId, name, eventTypes, eventNotificationUrl, createdDateUtc, updatedDateUtc } = subscription;
  return {
    id,
    href: `${call.hrefBase}/webhooks/${id}`,
    method: 'GET',
    accountId,
    name,
    key: call.world.isOff('subscriptionRules') ? subscription.key : undefined,
    eventTypes,
    eventNotificationUrl,
    createdDateUtc,
    updatedDateUtc,
    lastUpdated: BigInt(subscription.lastUpdated),
  };
}
