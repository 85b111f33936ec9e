import { z } from 'zod';
import type { Answer } from './answer';
import { caseHugIdSchema } from './casehug-id';
import { ATTORNEY_ROLES } from './matter-words';

const line = (max: number) => z.string().trim().max(max);

export const addressSchema = z.object({
  line1: line(200).nullish(),
  line2: line(200).nullish(),
  city: line(100).nullish(),
  state: line(100).nullish(),
  zip: line(20).nullish(),
});
export type Address = Answer<typeof addressSchema>;

export const tagsSchema = z.array(z.string().trim().min(1, 'must not be empty').max(100)).max(100);

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
export type Party = Answer<typeof partySchema>;

export const attorneySchema = z.object({
  email: z.email('must be an e-mail address').max(254),
  role: z.enum(ATTORNEY_ROLES),
});
export type Attorney = Answer<typeof attorneySchema>;
