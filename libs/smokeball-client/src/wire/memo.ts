import { z } from 'zod';
import { dateTimeIn, flag, text, textIn } from './scalars';

/** A memo as read: `text` is always RTF, `plainText` is what people wrote. docs/smokeball-api.md#matters */
export const memoSchema = z.object({
  id: z.string(),
  matterId: text,
  title: text,
  text,
  plainText: text,
  createdDate: text,
  createdByUserId: text,
  lastUpdated: text,
  updatedByUserId: text,
  isDeleted: flag,
});
export type Memo = z.output<typeof memoSchema>;

export const memoWriteSchema = z.strictObject({
  title: z.string().min(1),
  /** Plain text or RTF. */
  text: z.string().min(1),
  userId: textIn,
  createdDateUtc: dateTimeIn,
});
export type MemoWrite = z.input<typeof memoWriteSchema>;
