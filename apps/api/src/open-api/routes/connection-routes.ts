import { firmSettingsSchema, SECRET_SETTINGS, statusPatchSchema } from '@matterline/contracts';
import { z } from 'zod';
import { jsonBody, one, redirect, type RouteDescription, text } from '../route-description';

const ROOT = '/api/v1/integrations/smokeball';

const secrets = Object.fromEntries(SECRET_SETTINGS.map((name) => [name, z.string().nullable().optional()]));
const patchSchema = statusPatchSchema.extend({ settings: firmSettingsSchema.partial().extend(secrets) });

/** Source: docs/http-api.md#connection, docs/http-api.md#connect. */
export const CONNECTION_ROUTES: Readonly<Record<string, RouteDescription>> = {
  [`GET ${ROOT}/status`]: {
    id: 'getConnection',
    tag: 'connection',
    summary: 'How the firm stands with Smokeball, and its settings',
    answers: { 200: one('Connection', 'The connection.') },
  },
  [`PATCH ${ROOT}/status`]: {
    id: 'changeSettings',
    tag: 'connection',
    summary: 'Change settings',
    description: 'Every unknown key and wrong value is named, and then nothing is changed. An empty secret is removed.',
    body: jsonBody(patchSchema),
    answers: { 200: one('Connection', 'The connection with the new settings.') },
  },
  [`GET ${ROOT}/connect`]: {
    id: 'connectSmokeball',
    tag: 'connection',
    summary: 'Start the sign-in at Smokeball',
    answers: {
      302: redirect('To Smokeball’s consent page.'),
      200: one('Authorization', 'With `Accept: application/json`: the address of that page.'),
    },
    errors: ['not_configured'],
  },
  [`GET ${ROOT}/callback`]: {
    id: 'finishSmokeballSignIn',
    tag: 'connection',
    summary: 'Where Smokeball sends the browser back to, for connections and for pairings',
    query: z.object({
      code: z.string().optional(),
      state: z.string().optional().describe('One-time, ten minutes old at most.'),
      error: z.string().optional().describe('Smokeball’s own, such as `access_denied`.'),
    }),
    answers: {
      302: redirect('To the console, with `connected=1` or `error`.'),
      200: text('text/html', 'For a pairing: a page that reports and closes itself.'),
    },
  },
  [`POST ${ROOT}/disconnect`]: {
    id: 'disconnectSmokeball',
    tag: 'connection',
    summary: 'Remove tokens and the webhook registration at once; links and data stay',
    answers: { 200: one('Done', 'The firm is disconnected.') },
  },
};
