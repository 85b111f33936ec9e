import { z } from 'zod';
import type { Answer } from './answer';
import { MATTER_STATUSES, LINK_STATES } from './matter-words';
import { operationSchema } from './operation';
import { operationErrorSchema } from './operation-error';
import { attorneySchema, partySchema } from './party';
import { timeSchema } from './time';

/** The whole picture of a matter as it is stored: what the PUTs so far have said. */
export const matterPictureSchema = z.object({
  title: z.string(),
  case_number: z.string().nullable(),
  case_type: z.string().nullable(),
  practice_area: z.string().nullable(),
  state: z.string().nullable(),
  county: z.string().nullable(),
  status: z.enum(MATTER_STATUSES),
  description: z.string().nullable(),
  opened_on: z.iso.date().nullable(),
  updated_at: z.iso.datetime({ offset: true }).nullable(),
  clients: z.array(partySchema),
  other_sides: z.array(partySchema),
  attorneys: z.array(attorneySchema),
  tags: z.array(z.string()),
  custom_fields: z.record(z.string(), z.unknown()),
});
export type MatterPicture = Answer<typeof matterPictureSchema>;

/** The type it has in Smokeball; the name is unknown while its catalogue was not read yet. */
const matterTypeSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  client_role: z.string().nullable(),
});

/** Where a matter stands in Smokeball. Source: docs/http-api.md#matters. */
export const matterLinkSchema = z.object({
  state: z.enum(LINK_STATES),
  smokeball_matter_id: z.string().nullable(),
  smokeball_number: z.string().nullable(),
  smokeball_status: z.string().nullable(),
  url: z.url().nullable(),
  matter_type: matterTypeSchema.nullable(),
  error: operationErrorSchema.nullable(),
});
export type MatterLink = Answer<typeof matterLinkSchema>;

/** A matter as CaseHug described it, with its link to Smokeball. Source: docs/http-api.md#matters. */
export const matterSchema = matterPictureSchema.extend({
  id: z.string(),
  link: matterLinkSchema,
  created_at: timeSchema,
});
export type Matter = Answer<typeof matterSchema>;

/** One matter by itself, with its newest operations. */
export const matterDetailSchema = matterSchema.extend({ operations: z.array(operationSchema) });
export type MatterDetail = Answer<typeof matterDetailSchema>;
