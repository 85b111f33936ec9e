import { z } from 'zod';
import type { Answer } from './answer';
import { caseHugIdSchema } from './casehug-id';
import { ATTORNEY_ROLES } from './matter-words';
import { plainText } from './plain-text';

export const addressSchema = z.object({
  line1: plainText(200).nullish(),
  line2: plainText(200).nullish(),
  city: plainText(100).nullish(),
  state: plainText(100).nullish(),
  zip: plainText(20).nullish(),
});
export type Address = Answer<typeof addressSchema>;

export const tagsSchema = z.array(plainText(100).min(1, 'must not be empty')).max(100);

const emailSchema = z.string().trim().max(254).email('must be an e-mail address');

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
    first_name: plainText(100).nullish(),
    last_name: plainText(100).nullish(),
    company_name: plainText(200).nullish(),
    email: emailSchema.nullish(),
    phone: plainText(60).nullish(),
    mobile: plainText(60).nullish(),
    address: addressSchema.nullish(),
    tags: tagsSchema.nullish(),
  })
  .refine(hasName('first_name'), { path: ['first_name'], error: 'is required for a person', when: isObject })
  .refine(hasName('last_name'), { path: ['last_name'], error: 'is required for a person', when: isObject });
export type Party = Answer<typeof partySchema>;

export const attorneySchema = z.object({
  email: emailSchema,
  role: z.enum(ATTORNEY_ROLES),
});
export type Attorney = Answer<typeof attorneySchema>;
