import { z } from 'zod';

/** CaseHug's ids are kept as given; only length and control characters are bounded. */
export const caseHugIdSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{N}._:@~-]+$/u, 'may hold letters, digits and . _ : @ ~ - only');

const line = (max: number) => z.string().trim().max(max);
const requiredLine = (max: number) => z.string().trim().min(1, 'must not be empty').max(max);

export const addressSchema = z.object({
  line1: line(200).nullish(),
  line2: line(200).nullish(),
  city: line(100).nullish(),
  state: line(100).nullish(),
  zip: line(20).nullish(),
});
export type Address = z.infer<typeof addressSchema>;

const tagsSchema = z.array(requiredLine(100)).max(100);

/** Judged also where other members are wrong, so that every fault is named at once. */
const isObject = ({ value }: { readonly value: unknown }) => typeof value === 'object' && value !== null;

const hasName = (name: 'first_name' | 'last_name') => (party: Readonly<Record<string, unknown>>) => {
  const isThere = (text: unknown) =>
    text !== undefined && text !== null && (typeof text !== 'string' || text.trim() !== '');
  return isThere(party[name]) || isThere(party['company_name']);
};

/** A client or another side of a matter, as CaseHug describes it. A `company_name` makes it a company; names are then optional. */
export const partySchema = z
  .object({
    id: caseHugIdSchema,
    first_name: line(100).nullish(),
    last_name: line(100).nullish(),
    company_name: line(200).nullish(),
    email: z.email('must be an e-mail address').max(254).nullish(),
    phone: line(60).nullish(),
    mobile: line(60).nullish(),
    address: addressSchema.nullish(),
    tags: tagsSchema.nullish(),
  })
  .refine(hasName('first_name'), { path: ['first_name'], error: 'is required for a person', when: isObject })
  .refine(hasName('last_name'), { path: ['last_name'], error: 'is required for a person', when: isObject });
export type Party = z.infer<typeof partySchema>;

export const attorneySchema = z.object({
  email: z.email('must be an e-mail address').max(254),
  role: z.enum(['responsible', 'assisting', 'originating']),
});
export type Attorney = z.infer<typeof attorneySchema>;

const dateSchema = z.iso.date('must be a date, YYYY-MM-DD');
const timeSchema = z.iso.datetime({ offset: true, error: 'must be a time, ISO 8601' });

/**
 * What `PUT /api/v1/matters/{id}` takes. A member that is absent stays as it was, `null` clears an optional one,
 * a given array replaces. Source: docs/http-api.md#matters.
 */
export const matterPutSchema = z.object({
  title: requiredLine(500).optional(),
  case_number: line(100).nullish(),
  case_type: line(200).nullish(),
  practice_area: line(100).nullish(),
  state: line(100).nullish(),
  county: line(100).nullish(),
  status: z.enum(['active', 'archived']).optional(),
  description: line(5000).nullish(),
  opened_on: dateSchema.nullish(),
  updated_at: timeSchema.nullish(),
  clients: z.array(partySchema).max(50).optional(),
  other_sides: z.array(partySchema).max(50).nullish(),
  attorneys: z.array(attorneySchema).max(50).nullish(),
  tags: tagsSchema.nullish(),
  custom_fields: z.record(z.string().max(100), z.unknown()).nullish(),
});
export type MatterPut = z.infer<typeof matterPutSchema>;

/** The whole picture of a matter as it is stored: what the PUTs so far have said. */
export interface MatterPicture {
  readonly title: string;
  readonly case_number: string | null;
  readonly case_type: string | null;
  readonly practice_area: string | null;
  readonly state: string | null;
  readonly county: string | null;
  readonly status: 'active' | 'archived';
  readonly description: string | null;
  readonly opened_on: string | null;
  readonly updated_at: string | null;
  readonly clients: readonly Party[];
  readonly other_sides: readonly Party[];
  readonly attorneys: readonly Attorney[];
  readonly tags: readonly string[];
  readonly custom_fields: Readonly<Record<string, unknown>>;
}

export const LINK_STATES = [
  'not_synced',
  'waiting_for_client',
  'needs_mapping',
  'needs_review',
  'pending',
  'accepted',
  'confirmed',
  'failed',
  'broken',
  'unlinked',
] as const;
export type LinkState = (typeof LINK_STATES)[number];

export const matterQuerySchema = z.object({ state: z.enum(LINK_STATES).optional(), q: z.string().max(200).optional() });
