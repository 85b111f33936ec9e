import { z } from 'zod';
import { LINK_STATES, MATTER_STATUSES } from './matter-words';
import { plainText } from './plain-text';
import { attorneySchema, partySchema, tagsSchema } from './party';

const dateSchema = z.iso.date('must be a date, YYYY-MM-DD');
const updatedAtSchema = z.iso.datetime({ offset: true, error: 'must be a time, ISO 8601' });

const partiesSchema = z.array(partySchema).max(50).superRefine(namesEachOnce);

/**
 * What `PUT /api/v1/matters/{casehug_matter_id}` takes. A member that is absent stays as it was, `null` clears an optional one,
 * a given array replaces. Source: docs/http-api.md#matters.
 */
export const matterPutSchema = z.object({
  title: plainText(500).min(1, 'must not be empty').optional(),
  case_number: plainText(100).nullish(),
  case_type: plainText(200).nullish(),
  practice_area: plainText(100).nullish(),
  state: plainText(100).nullish(),
  county: plainText(100).nullish(),
  status: z.enum(MATTER_STATUSES).optional(),
  description: plainText(5000).nullish(),
  opened_on: dateSchema.nullish(),
  updated_at: updatedAtSchema.nullish(),
  clients: partiesSchema.optional(),
  other_sides: partiesSchema.nullish(),
  attorneys: z.array(attorneySchema).max(50).nullish(),
  tags: tagsSchema.nullish(),
  custom_fields: z.record(z.string().max(100), z.unknown()).nullish(),
});
export type MatterPut = z.infer<typeof matterPutSchema>;

export const matterQuerySchema = z.object({ state: z.enum(LINK_STATES).optional(), q: z.string().max(200).optional() });

/** Which of two would be meant by the same id? */
function namesEachOnce(parties: readonly { readonly id: string }[], context: z.RefinementCtx): void {
  parties.forEach(({ id }, at) => {
    if (parties.findIndex((other) => other.id === id) < at)
      context.addIssue({ code: 'custom', path: [at, 'id'], message: 'stands twice in this list' });
  });
}
