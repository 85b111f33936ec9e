import { z } from 'zod';
import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { acceptedSchema } from '../wire/link';
import { collectionSchema, pageSchema, type Page, type PageRequest } from '../wire/page';
import {
  webhookSubscriptionSchema,
  webhookSubscriptionWriteSchema,
  type WebhookSubscription,
  type WebhookSubscriptionWrite,
} from '../wire/webhook-subscription';
import { pageQuery } from './paging';

/** Subscriptions to events. Unlike other writes these are done when answered. docs/smokeball-api.md#webhooks */
export class WebhooksResource {
  constructor(private readonly transport: SmokeballTransport) {}

  /** Every event type this account may subscribe to. The published lists are incomplete: ask. */
  types(context: CallContext): Promise<CallResult<readonly string[]>> {
    return this.transport.call(
      { method: 'GET', route: '/webhooks/types', answer: collectionSchema(z.string()) },
      context,
    );
  }

  list(page: PageRequest, context: CallContext): Promise<CallResult<Page<WebhookSubscription>>> {
    const answer = pageSchema(webhookSubscriptionSchema, page);
    return this.transport.call({ method: 'GET', route: '/webhooks', query: pageQuery(page), answer }, context);
  }

  get(subscriptionId: string, context: CallContext): Promise<CallResult<WebhookSubscription>> {
    return this.transport.call({ ...one('GET', subscriptionId), answer: webhookSubscriptionSchema }, context);
  }

  /** Creating twice gives two subscriptions and every event twice: list first. */
  create(subscription: WebhookSubscriptionWrite, context: CallContext): Promise<CallResult<WebhookSubscription>> {
    const body = { schema: webhookSubscriptionWriteSchema, value: subscription };
    return this.transport.call(
      { method: 'POST', route: '/webhooks', body, answer: webhookSubscriptionSchema },
      context,
    );
  }

  /** Replaces name, key, types and address. */
  update(
    subscriptionId: string,
    subscription: WebhookSubscriptionWrite,
    context: CallContext,
  ): Promise<CallResult<void>> {
    const body = { schema: webhookSubscriptionWriteSchema, value: subscription };
    return this.transport.call({ ...one('PUT', subscriptionId), body, answer: acceptedSchema }, context);
  }

  remove(subscriptionId: string, context: CallContext): Promise<CallResult<void>> {
    return this.transport.call({ ...one('DELETE', subscriptionId), answer: acceptedSchema }, context);
  }

  /** Makes Smokeball send one `noop` event. */
  notify(subscriptionId: string, context: CallContext): Promise<CallResult<void>> {
    const path = { id: subscriptionId };
    return this.transport.call(
      { method: 'POST', route: '/webhooks/{id}/notify', path, answer: acceptedSchema },
      context,
    );
  }
}

function one<M extends 'GET' | 'PUT' | 'DELETE'>(method: M, id: string) {
  return { method, route: '/webhooks/{id}', path: { id } };
}
