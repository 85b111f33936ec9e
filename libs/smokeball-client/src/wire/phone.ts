import { z } from 'zod';
import { text, textIn } from './scalars';

/** A phone number as Smokeball holds it: whole in `number`, or split. Compare on digits of both. docs/smokeball-api.md#contacts */
export const phoneSchema = z.looseObject({ areaCode: text, number: text });
export type Phone = z.output<typeof phoneSchema>;

/** A person's second number. */
export const phoneWithExtensionSchema = z.looseObject({ areaCode: text, number: text, extension: text });

export const phoneWriteSchema = z.strictObject({ areaCode: textIn, number: textIn });
export const phoneWithExtensionWriteSchema = z.strictObject({ areaCode: textIn, number: textIn, extension: textIn });
