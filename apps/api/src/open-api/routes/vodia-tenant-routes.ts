import { CALL_STATES, REGIONS } from '@matterline/contracts';
import { z } from 'zod';
import { bare, jsonBody, nothing, redirect, type RouteDescription, text } from '../route-description';

const ROOT = '/api/v1/vodia/{tenant_id}';
const BY_KEY = ['tenant_bearer', 'tenant_basic'] as const;
const BY_KEY_OR_TOKEN = [...BY_KEY, 'user_token'] as const;

const scope = z.object({ group: z.string().max(64).optional(), extensions: z.array(z.string()).optional() });
const digits = z.string().regex(/^\d{0,6}$/);
const config = z.object({
  domains: z.array(z.string()).min(1).max(50).optional(),
  region: z.enum(REGIONS).optional().describe('Compared only.'),
  staging: z.boolean().optional().describe('Compared only.'),
  country_code: z.string().optional().describe('1, 61 or 44.'),
  area_code: digits.optional(),
  intl_prefix: digits.optional(),
  scope: scope.optional(),
  extension_pattern: z.string().nullable().optional().describe('Digits with x for any digit, such as 5xx.'),
  link_template: z.string().max(500).nullable().optional(),
  pop_on: z.array(z.enum(CALL_STATES)).max(3).optional(),
  max_contacts: z.int().min(1).max(10).optional(),
});
const extension = z.object({
  extension: z.string().min(1).max(64),
  name: z.string().max(200).nullish(),
  email: z.string().max(254).nullish(),
  aliases: z.array(z.string()).max(100).nullish(),
});

/** Source: docs/telephony.md#tenants, docs/telephony.md#pairing. */
export const VODIA_TENANT_ROUTES: Readonly<Record<string, RouteDescription>> = {
  [`PUT ${ROOT}/config`]: {
    id: 'configureTenant',
    tag: 'vodia',
    summary: 'Change what is given; the answer is the whole configuration',
    security: BY_KEY,
    body: jsonBody(config),
    answers: { 200: bare('TenantConfig', 'The configuration.') },
    errors: ['region_mismatch'],
  },
  [`PUT ${ROOT}/extensions`]: {
    id: 'replaceExtensions',
    tag: 'vodia',
    summary: 'Replace the list of extensions',
    description: 'Once a list was sent, only its extensions may pair and be served.',
    security: BY_KEY,
    body: jsonBody(z.array(extension).max(10_000)),
    answers: { 200: bare('ExtensionCounts', 'What changed.') },
  },
  [`GET ${ROOT}/pair/start`]: {
    id: 'startPairing',
    tag: 'vodia',
    summary: 'Opened in a new window: to Smokeball’s consent page',
    security: BY_KEY_OR_TOKEN,
    query: z.object({
      extension: z.string().optional().describe('Not needed with a user token.'),
      domain: z.string().optional(),
    }),
    answers: { 302: redirect('To Smokeball’s consent page.') },
    errors: ['forbidden', 'unknown_extension', 'domain_mismatch', 'not_configured'],
  },
  [`GET ${ROOT}/pairings/{extension}/status`]: {
    id: 'getPairingStatus',
    tag: 'vodia',
    summary: 'Red cross or green check',
    security: BY_KEY_OR_TOKEN,
    answers: { 200: bare('PairingStatus', 'Whether the extension is paired.') },
    errors: ['forbidden', 'unknown_extension'],
  },
  [`DELETE ${ROOT}/pairings/{extension}`]: {
    id: 'unpair',
    tag: 'vodia',
    summary: 'Unpair; tokens are gone at once',
    security: BY_KEY_OR_TOKEN,
    answers: { 204: nothing('It is not paired.') },
    errors: ['forbidden'],
  },
  [`OPTIONS ${ROOT}/pairings/{extension}`]: {
    id: 'preflightUnpair',
    tag: 'vodia',
    summary: 'What a browser asks before it sends the DELETE',
    answers: { 204: nothing('Headers only.') },
  },
  [`POST ${ROOT}/pairings/{extension}/user-token`]: {
    id: 'createUserToken',
    tag: 'vodia',
    summary: 'A token for the extension’s browser, good for one hour',
    security: BY_KEY,
    answers: { 200: bare('UserToken', 'The token.') },
    errors: ['unknown_extension'],
  },
  [`GET ${ROOT}/agents/{extension}/events`]: {
    id: 'streamPops',
    tag: 'vodia',
    summary: 'The pops of one extension, as server-sent events',
    description: '`event: pop` with a `CallAnswer` as data and the position as id.',
    security: BY_KEY_OR_TOKEN,
    headers: { 'Last-Event-ID': 'Catches up from there, on fifty at most.' },
    query: z.object({ last_event_id: z.string().optional().describe('For readers that cannot send the header.') }),
    answers: { 200: text('text/event-stream', 'The stream; it ends with the token.') },
    errors: ['forbidden', 'unknown_extension'],
  },
  'GET /api/v1/health': {
    id: 'getVodiaHealth',
    tag: 'vodia',
    summary: 'For monitoring and for the tenant page’s Test button',
    answers: { 200: bare('Alive', 'The service is up.') },
    isFixed: true,
  },
  'GET /api/v1/vodia/close-window.js': {
    id: 'getCloseWindowScript',
    tag: 'vodia',
    summary: 'Closes the pairing window',
    answers: { 200: text('text/javascript', 'The script.') },
    isFixed: true,
  },
};
