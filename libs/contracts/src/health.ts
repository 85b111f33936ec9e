import { z } from 'zod';
import type { Answer } from './answer';

/** The process is up. Source: docs/http-api.md#health. */
export const aliveSchema = z.object({ status: z.literal('ok') });
export type Alive = Answer<typeof aliveSchema>;

/** What it needs answers too. */
export const readySchema = z.object({ status: z.literal('ok'), database: z.literal('ok'), queue: z.literal('ok') });
export type Ready = Answer<typeof readySchema>;
