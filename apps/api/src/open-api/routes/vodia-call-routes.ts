import { z } from 'zod';
import { bare, either, pbxBody, type RouteDescription, text } from '../route-description';

const ROOT = '/api/v1/vodia/{tenant_id}';
const BY_KEY = ['tenant_bearer', 'tenant_basic'] as const;

const optional = z.string().max(512).optional();
const members = {
  domain: optional.describe('The tenant’s own domain or an alias.'),
  callid: optional,
  direction: optional.describe('Derived from the ends where it is absent.'),
  from: optional.describe('A number, a SIP address or a whole SIP header.'),
  to: optional,
};
const event = z.looseObject({ state: z.string(), extension: z.string(), ...members });
const webhook = z.looseObject({ extension: optional, ...members });

/** Source: docs/telephony.md#answers. */
export const VODIA_CALL_ROUTES: Readonly<Record<string, RouteDescription>> = {
  [`POST ${ROOT}/call-events`]: {
    id: 'decideCallEvent',
    tag: 'vodia',
    summary: 'Who is calling',
    description:
      'One of `from` and `to` is required. Case and hyphens in names do not count; other members are passed over.',
    security: BY_KEY,
    body: pbxBody(event, 'Up to 16 KB.'),
    answers: { 200: bare('CallAnswer', 'What was decided, whatever Smokeball does.') },
    errors: ['domain_mismatch'],
  },
  [`POST ${ROOT}/webhook/{event}`]: {
    id: 'receiveCallWebhook',
    tag: 'vodia',
    summary: 'The PBX’s own webhook',
    description:
      'The moment stands in the address; the extension may stand in the query. The pop goes to the agent’s page.',
    security: BY_KEY,
    query: z.object({ extension: z.string().optional().describe('Where the body does not name it.') }),
    body: pbxBody(webhook, 'Up to 16 KB.'),
    answers: { 200: bare('WebhookAnswer', 'What was decided.') },
    errors: ['domain_mismatch', 'not_found'],
  },
  [`GET ${ROOT}/lookup`]: {
    id: 'lookUpNumber',
    tag: 'vodia',
    summary: 'The same by hand, or from an IVR node; nothing is kept and no pop goes out',
    security: BY_KEY,
    query: z.object({
      number: z.string(),
      extension: z.string(),
      direction: z.string().optional(),
      domain: z.string().optional(),
      format: z.enum(['json', 'text']).optional().describe('`text`: the bare name; errors are empty then.'),
    }),
    answers: { 200: either(bare('CallAnswer', 'What was decided.'), text('text/plain', 'The name.')) },
    errors: ['domain_mismatch'],
    hasTextErrors: true,
  },
  [`POST ${ROOT}/cdr`]: {
    id: 'addCallRecord',
    tag: 'vodia',
    summary: 'The record of an ended call; a repeat is stored once',
    security: BY_KEY,
    body: pbxBody(z.looseObject({}), 'As the PBX writes it, up to 256 KB.'),
    answers: { 202: bare('RecordAnswer', 'Stored.') },
    errors: ['domain_mismatch'],
  },
};
