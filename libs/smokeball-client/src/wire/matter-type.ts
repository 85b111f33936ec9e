import { z } from 'zod';
import { flag, text, texts } from './scalars';

/** 0 a matter type, 1 a lead type. */
export type MatterTypeCategory = 0 | 1;

/** A row of Smokeball's own catalogue. Ids are `guid` or `guid_STATE`: send as given, compare without case. docs/smokeball-api.md#matter-types */
export const matterTypeSchema = z.object({
  id: z.string(),
  versionId: text,
  name: text,
  category: text,
  type: z.number().optional(),
  representativeOptions: texts,
  location: text,
  isDeleted: flag,
});
export type MatterType = z.output<typeof matterTypeSchema>;
