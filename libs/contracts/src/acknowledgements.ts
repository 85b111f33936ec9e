import { z } from 'zod';
import type { Answer } from './answer';

/** An event was stored; false for a repeat, which was stored before. */
export const storedSchema = z.object({ stored: z.boolean() });
export type Stored = Answer<typeof storedSchema>;

/** It was taken and follows by itself. */
export const acceptedSchema = z.object({ accepted: z.literal(true) });
export type Accepted = Answer<typeof acceptedSchema>;

/** It is done. */
export const doneSchema = z.object({ success: z.literal(true) });
export type Done = Answer<typeof doneSchema>;
