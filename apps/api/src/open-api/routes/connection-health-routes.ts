import { accountSwitchSchema } from '@matterline/contracts';
import { jsonBody, one, type RouteDescription } from '../route-description';

const ROOT = '/api/v1/integrations/smokeball';

/** Source: docs/http-api.md#connection-health, docs/http-api.md#another-account. */
export const CONNECTION_HEALTH_ROUTES: Readonly<Record<string, RouteDescription>> = {
  [`GET ${ROOT}/health`]: {
    id: 'getConnectionHealth',
    tag: 'connection',
    summary: 'How the connection really is: sign-in, registration, rights, rate and the newest test event',
    answers: { 200: one('ConnectionHealth', 'The health; nothing was asked of Smokeball for it.') },
  },
  [`POST ${ROOT}/health/test-event`]: {
    id: 'sendConnectionTestEvent',
    tag: 'connection',
    summary: 'Have Smokeball send a test event',
    description: 'The health then says whether it arrived and how long it took.',
    answers: { 202: one('TestEvent', 'Asked for.') },
    errors: ['conflict', 'unavailable'],
  },
  [`GET ${ROOT}/connection/switch`]: {
    id: 'getAccountQuestion',
    tag: 'connection',
    summary: 'The question that a sign-in to another Smokeball account left',
    answers: { 200: one('AccountQuestion', 'The open question.') },
    errors: ['not_found'],
  },
  [`POST ${ROOT}/connection/switch`]: {
    id: 'switchAccount',
    tag: 'connection',
    summary: 'Go to the other account',
    description:
      'Links to the present account are put aside and come back when the firm returns to it; those to the other account come back now. Works once, within ten minutes of the sign-in.',
    body: jsonBody(accountSwitchSchema),
    answers: { 200: one('Done', 'The firm is connected to the other account.') },
    errors: ['not_found', 'conflict'],
  },
};
