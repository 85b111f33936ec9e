import { z } from 'zod';

/** CaseHug's ids are kept as given; only length and control characters are bounded. */
export const caseHugIdSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{N}._:@~-]+$/u, 'may hold letters, digits and . _ : @ ~ - only');
