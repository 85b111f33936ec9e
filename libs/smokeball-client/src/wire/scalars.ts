import { z } from 'zod';

/** Members of answers. Nulls are already absent when these see a value. */
export const text = z.string().optional();
export const texts = z.array(z.string()).default([]);
export const flag = z.boolean().default(false);
export const amount = z.number().optional();

/** int64 that fits: counts and sizes in bytes. */
export const whole = z.union([z.number(), z.bigint().transform(Number)]).optional();

/** int64 of .NET ticks, always `bigint`; a number that has lost digits is refused. docs/smokeball-api.md#ticks */
export const ticks = z.union([
  z.bigint(),
  z.number().refine(Number.isSafeInteger, 'ticks lost digits').transform(BigInt),
  z
    .string()
    .regex(/^\d{1,19}$/)
    .transform(BigInt),
]);

/** Members of request bodies: absent leaves Smokeball's default, null clears. */
export const textIn = z.string().nullish();
export const flagIn = z.boolean().optional();
export const amountIn = z.number().nullish();
export const idsIn = z.array(z.string().min(1)).readonly().nullish();
/** ISO-8601 with a zone, or a zone-less local date-time where the resource says so. */
export const dateTimeIn = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/)
  .nullish();
/** Nested details that we carry over unread. */
export const opaqueIn = z.record(z.string(), z.unknown()).nullish();
