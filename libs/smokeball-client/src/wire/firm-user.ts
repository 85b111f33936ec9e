import { z } from 'zod';
import { flag, text } from './scalars';

/** Joins a user (who signs in, authors, owns files) to a staff member (who works on matters). */
export const firmUserSchema = z.object({ id: text, staffId: text, userId: text, isFormerUser: flag });
export type FirmUser = z.output<typeof firmUserSchema>;
