import { z } from 'zod';
import { linkSchema, links } from './link';
import { dateTimeIn, flag, idsIn, text, textIn, texts, ticks } from './scalars';

/** A task as read. The staff id that was written is never given back. docs/smokeball-api.md#staff */
export const taskSchema = z
  .object({
    id: z.string(),
    matter: linkSchema.optional(),
    createdBy: linkSchema.optional(),
    completedBy: linkSchema.optional(),
    assignees: links,
    subject: text,
    note: text,
    categories: texts,
    dueDateOnly: text,
    completedDateOnly: text,
    createdDate: text,
    duration: text,
    isCompleted: flag,
    isDeleted: flag,
    lastUpdated: ticks.optional(),
  })
  .transform((task) => ({ ...task, matterId: task.matter?.id }));
export type Task = z.output<typeof taskSchema>;

export const TASK_NOTE_MAX_LENGTH = 3_000;

/** A new task, or a full replacement: what is left out is cleared. `duration` is ISO-8601, e.g. `PT4M`. */
export const taskWriteSchema = z.strictObject({
  staffId: z.guid(),
  subject: textIn,
  note: z.string().max(TASK_NOTE_MAX_LENGTH).nullish(),
  matterId: z.guid().nullish(),
  assigneeIds: idsIn,
  isCompleted: z.boolean().optional(),
  completedByStaffId: textIn,
  categories: z.array(z.string()).readonly().nullish(),
  dueDateOnly: dateTimeIn,
  completedDateOnly: dateTimeIn,
  duration: textIn,
});
export type TaskWrite = z.input<typeof taskWriteSchema>;
