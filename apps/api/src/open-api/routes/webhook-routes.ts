import { eventReplaySchema, webhookCreateSchema, webhookReplaySchema } from '@matterline/contracts';
import { jsonBody, nothing, one, page, type RouteDescription } from '../route-description';

/** Source: docs/http-api.md#webhooks. */
export const WEBHOOK_ROUTES: Readonly<Record<string, RouteDescription>> = {
  'POST /api/v1/webhooks': {
    id: 'addWebhook',
    tag: 'webhooks',
    summary: 'Register an address that is notified',
    body: jsonBody(webhookCreateSchema),
    answers: { 201: one('NewWebhook', 'The registration, with its signing secret this once.') },
    errors: ['target_not_allowed'],
  },
  'GET /api/v1/webhooks': {
    id: 'listWebhooks',
    tag: 'webhooks',
    summary: 'The registered addresses, newest first',
    isPaged: true,
    answers: { 200: page('Webhook', 'A page of registrations, without secrets.') },
  },
  'DELETE /api/v1/webhooks/{id}': {
    id: 'removeWebhook',
    tag: 'webhooks',
    summary: 'Remove an address; what was still to be sent there is dropped',
    answers: { 204: nothing('It is gone.') },
  },
  'POST /api/v1/webhooks/{id}/test': {
    id: 'testWebhook',
    tag: 'webhooks',
    summary: 'Send a `webhook.test` event there',
    answers: { 202: one('Accepted', 'It is on its way.') },
  },
  'POST /api/v1/webhooks/{id}/replay': {
    id: 'replayWebhook',
    tag: 'webhooks',
    summary: 'Send again all that is held for it',
    description:
      'In the order in which it happened, under the same `webhook-id`s. What is still under way is left as it is.',
    body: { ...jsonBody(webhookReplaySchema), isRequired: false },
    answers: { 202: one('Replayed', 'It is on its way.') },
  },
  'GET /api/v1/events/{id}': {
    id: 'getEvent',
    tag: 'webhooks',
    summary: 'An event, and how each address got it',
    answers: { 200: one('EventDetail', 'The event.') },
  },
  'POST /api/v1/events/{id}/replay': {
    id: 'replayEvent',
    tag: 'webhooks',
    summary: 'Send an event again',
    description:
      'To every address that it went to, or to `webhook_id`, also one registered later; under the same `webhook-id`. What is still under way is left as it is.',
    body: { ...jsonBody(eventReplaySchema), isRequired: false },
    answers: { 202: one('Replayed', 'It is on its way.') },
  },
};
