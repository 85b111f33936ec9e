import { z } from 'zod';

const name = z.string().trim().default('');

/** What the desk's phone buttons (or a test) ask for. A `callid` that is known goes on with that call; else a call begins. */
export const callForm = z
  .object({
    extension: z.coerce.string().trim().min(1).optional(),
    /** Several phones at once, as a ring group rings them. */
    extensions: z.array(z.coerce.string().trim().min(1)).min(1).optional(),
    number: z.string().trim().default(''),
    name,
    group: name,
    did: name,
    state: z.enum(['ringing', 'connected', 'terminated']).default('ringing'),
    direction: z.enum(['inbound', 'outbound']).default('inbound'),
    callid: z.string().trim().min(1).optional(),
    form: z.enum(['script', 'webhook']).default('script'),
  })
  .refine((form) => form.extension !== undefined || form.extensions !== undefined || form.callid !== undefined, {
    message: 'name the extension',
    path: ['extension'],
  });

/** The first phone asks a colleague while the caller waits. */
export const consultForm = z.object({
  callid: z.string().min(1),
  from: z.coerce.string().trim().min(1),
  to: z.coerce.string().trim().min(1),
});

/** `blind`: the other phone rings at once. `attended`: it was asked before, and now has the caller. */
export const transferForm = consultForm.extend({ kind: z.enum(['blind', 'attended']).default('blind') });

export const cdrForm = z.object({ callid: z.string().min(1), form: z.enum(['webcdr', 'json']).default('webcdr') });

export type CallForm = z.output<typeof callForm>;
export type ConsultForm = z.output<typeof consultForm>;
export type TransferForm = z.output<typeof transferForm>;
export type CdrForm = z.output<typeof cdrForm>;
