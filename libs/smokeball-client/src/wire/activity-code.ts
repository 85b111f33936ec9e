import { z } from 'zod';
import { amount, amountIn, flag, flagIn, text, textIn } from './scalars';

/** `type`: 0 fixed, 1 time, 2 expense, 3 surcharge. `rateType`: 0 the staff member's rate, 1 one rate for all, 2 per staff member. */
export const activityCodeSchema = z.object({
  id: z.string(),
  versionId: text,
  code: text,
  description: text,
  type: z.number().optional(),
  rateType: z.number().optional(),
  rate: amount,
  /** On a time code: minutes / 100, so 0.6 is one hour. */
  quantity: amount,
  isBillable: flag,
  isDeleted: flag,
});
export type ActivityCode = z.output<typeof activityCodeSchema>;

export const activityCodeWriteSchema = z.strictObject({
  code: z.string().min(1).max(20),
  description: textIn,
  type: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  rateType: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  isBillable: z.boolean(),
  rate: amountIn,
  quantity: amountIn,
  taxInclusive: flagIn,
  taxExempt: flagIn,
  taxZeroRated: flagIn,
  taxOutOfScope: flagIn,
  updatedByUserId: textIn,
});
export type ActivityCodeWrite = z.input<typeof activityCodeWriteSchema>;
