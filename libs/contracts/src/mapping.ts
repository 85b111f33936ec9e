import { z } from 'zod';
import type { Answer } from './answer';
import { MAPPING_PROBLEMS, MAPPING_WAYS } from './mapping-words';
import { timeSchema } from './time';

const name = (max: number) => z.string().trim().min(1, 'must not be empty').max(max);

/** Which case type a mapping is for. Null case type: every one that nothing else fits; null state: every state. */
export const mappingKeySchema = z.object({ case_type: name(200).nullable(), state: name(100).nullable() });
export type MappingKey = z.infer<typeof mappingKeySchema>;

/** The same in an address: an absent or empty member means null. */
export const mappingQuerySchema = z.object({
  case_type: z.string().trim().max(200).optional(),
  state: z.string().trim().max(100).optional(),
});

/** What `PUT …/mappings` takes. Without a `client_role` the type's preferred or first role is taken. Source: docs/http-api.md#mapping. */
export const mappingPutSchema = mappingKeySchema.extend({
  matter_type_id: name(200),
  /** Short code under which Smokeball files the type, e.g. `IL`. */
  location: name(20),
  client_role: name(100).nullish(),
});
export type MappingPut = z.infer<typeof mappingPutSchema>;

const smokeballTypeSchema = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  location: z.string().nullable(),
});

/** A type of Smokeball's catalogue that can be chosen, with the roles it offers to the client. */
export const matterTypeChoiceSchema = smokeballTypeSchema.extend({ client_roles: z.array(z.string()) });
export type MatterTypeChoice = Answer<typeof matterTypeChoiceSchema>;

export const matterTypeQuerySchema = z.object({ location: name(20), q: z.string().max(200).optional() });

/** A place under which Smokeball files matter types. */
export const typeLocationSchema = z.object({ code: z.string(), name: z.string() });
export type TypeLocation = Answer<typeof typeLocationSchema>;

/** The first types that fit, by category and name, and where one can look. */
export const matterTypeChoicesSchema = z.object({
  types: z.array(matterTypeChoiceSchema),
  /** How many fit in all; more than `types` when the search is too wide. */
  total: z.int().min(0),
});
export type MatterTypeChoices = Answer<typeof matterTypeChoicesSchema>;

/** A case type in a state that CaseHug has sent or the firm has mapped, and what a new matter of it would become now. */
export const caseTypeSchema = z.object({
  case_type: z.string().nullable(),
  practice_area: z.string().nullable(),
  state: z.string().nullable(),
  /** Matters that wait for a decision on exactly this one. */
  matters_waiting: z.int().min(0),
  becomes: z
    .object({
      matter_type: smokeballTypeSchema,
      client_role: z.string().nullable(),
      how: z.enum(MAPPING_WAYS),
      /** 1 is sure. Nothing below 0.6 is taken. */
      score: z.number().min(0).max(1),
    })
    .nullable(),
  problem: z.object({ code: z.enum(MAPPING_PROBLEMS), message: z.string(), hint: z.string() }).nullable(),
  /** The firm's own mapping for exactly this case type and state. */
  mapping: z
    .object({
      matter_type_id: z.string(),
      matter_type_name: z.string(),
      location: z.string().nullable(),
      client_role: z.string().nullable(),
      updated_at: timeSchema,
    })
    .nullable(),
});
export type CaseType = Answer<typeof caseTypeSchema>;

/** The case types, those that wait for a decision first, and the places to choose types from. */
export const mappingsSchema = z.object({ case_types: z.array(caseTypeSchema), locations: z.array(typeLocationSchema) });
export type Mappings = Answer<typeof mappingsSchema>;

/** A mapping was saved; so many held operations went on because of it. */
export const mappingSavedSchema = z.object({ case_type: caseTypeSchema, resumed: z.int().min(0) });
export type MappingSaved = Answer<typeof mappingSavedSchema>;
