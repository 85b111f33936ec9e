import { z } from 'zod';
import { linkSchema } from './link';
import { amount, amountIn, dateTimeIn, flag, flagIn, text, textIn, whole } from './scalars';

/** 0 a fixed amount, 1 time. */
export type FeeType = 0 | 1;

/** A fee (time) entry as read. Durations are minutes. docs/smokeball-api.md#staff */
export const feeSchema = z
  .object({
    id: z.string(),
    versionId: text,
    matter: linkSchema.optional(),
    staff: linkSchema.optional(),
    matterId: text,
    staffId: text,
    activityCode: text,
    subject: text,
    description: text,
    feeDate: text,
    feeType: z.number().optional(),
    finalized: flag,
    isBillable: flag,
    duration: whole,
    durationWorked: whole,
    rate: amount,
    amount,
    createdDate: text,
    isDeleted: flag,
  })
  .transform((fee) => ({ ...fee, matterId: fee.matter?.id ?? fee.matterId, staffId: fee.staff?.id ?? fee.staffId }));
export type Fee = z.output<typeof feeSchema>;

const minutes = z.int().min(0);
const sourceItem = z.strictObject({ description: textIn, duration: minutes, isBillable: z.boolean() });

/** `feeType`, `isBillable` and `rate` must be said: left out they read as fixed, unbillable and 0. */
export const feeWriteSchema = z.strictObject({
  feeDate: dateTimeIn.unwrap().unwrap(),
  subject: z.string().min(1),
  feeType: z.union([z.literal(0), z.literal(1)]),
  isBillable: z.boolean(),
  rate: z.number(),
  duration: minutes.optional(),
  durationWorked: minutes.nullish(),
  description: textIn,
  staffId: textIn,
  activityCode: textIn,
  finalized: flagIn,
  isWrittenOff: flagIn,
  isInvoicedExternally: flagIn,
  tax: amountIn,
  taxInclusive: flagIn,
  taxExempt: flagIn,
  taxOutOfScope: flagIn,
  sourceItems: z.array(sourceItem).readonly().nullish(),
  updatedByUserId: textIn,
  createdFromActivityId: textIn,
});
export type FeeWrite = z.input<typeof feeWriteSchema>;
