import { z } from 'zod';

/** A moment in an answer: ISO 8601 in UTC. Source: docs/http-api.md#conventions. */
export const timeSchema = z.iso.datetime();
