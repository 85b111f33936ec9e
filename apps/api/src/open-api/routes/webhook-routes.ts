import { webhookCreateSchema } from '@matterline/contracts';
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
};
