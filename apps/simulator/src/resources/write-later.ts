import type { Call } from '../gateway/call';
import { accepted, badRequest, Refusal, type Answer } from '../http/answer';
import type { Firm } from '../model/firm';
import type { Commit } from '../store/writes';

export interface LaterWrite {
  /** `contacts.put` */
  readonly operation: string;
  /** As `error` events name it: `Contact`. */
  readonly resourceName: string;
  readonly id: string;
  /** The stored record that changes, when it is not the one that the answer names. */
  readonly recordId?: string;
  /** Below the href base, for the Link in the answer: `contacts/123`. */
  readonly path: string;
  readonly input: unknown;
  /** Why the write will fail although it is accepted. */
  readonly lateError?: string;
}

/** Accepts a write: 202 with a Link, and later either the change or an `error` event. */
export function writeLater(call: Call, write: LaterWrite): Answer {
  queueWrite(call, write);
  return accepted({ id: write.id, href: `${call.hrefBase}/${write.path}`, rel: 'self', method: 'GET' });
}

/** The same without an answer. With the switch `sync_checks: all` a late error is a 400 at once. */
export function queueWrite(call: Call, write: LaterWrite): void {
  const { world, firm, origin } = call;
  const lateError = call.asyncError ?? write.lateError;
  const isToldAtOnce = world.switches().sync_checks === 'all' || world.isOff('lateErrors');
  if (lateError !== undefined && call.asyncError === null && isToldAtOnce) {
    throw new Refusal(badRequest(lateError));
  }
  if (lateError !== undefined) return world.writes.fail(firm, write.resourceName, write.id, lateError, origin);
  world.writes.later(commitOf(firm, write, origin));
}

export function commitOf(
  firm: Firm,
  write: Pick<LaterWrite, 'operation' | 'id' | 'recordId' | 'input'>,
  origin: Commit['origin'],
): Commit {
  const { operation, id, recordId = id, input } = write;
  return { tenant: firm.tenant, accountId: firm.accountId, operation, id: recordId, input, origin };
}
