import { Injectable } from '@nestjs/common';
import type { Attorney } from '@matterline/contracts';
import { Clock } from '@matterline/platform';
import type { CallContext, CallResult, SmokeballClient, Staff } from '@matterline/smokeball-client';
import type { MatterStaff } from './matter-write';

const FRESH_MS = 10 * 60_000;
const PAGE = 500;

interface Kept {
  readonly staff: readonly Staff[];
  readonly readAtMs: number;
}

/** A firm's staff, read once in a while: attorneys are found by their e-mail address among those who are active. */
@Injectable()
export class StaffDirectory {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly clock: Clock) {}

  forget(firmId: string): void {
    this.kept.delete(firmId);
  }

  /** An attorney whom Smokeball does not know, or no longer has, never blocks the matter. */
  async staffOf(
    smokeball: SmokeballClient,
    attorneys: readonly Attorney[],
    call: CallContext,
  ): Promise<CallResult<MatterStaff>> {
    const nobody = { responsible: null, assisting: [], originating: [] };
    if (attorneys.length === 0) return { ok: true, status: 200, data: nobody, requestId: call.requestId ?? '' };
    const read = await this.read(smokeball, call);
    if (!read.ok) return read;
    const idOf = (email: string) =>
      read.data.find(
        (one) => one.enabled && !one.former && one.email?.trim().toLowerCase() === email.trim().toLowerCase(),
      )?.id;
    const ids = (role: Attorney['role']) => [
      ...new Set(attorneys.filter((one) => one.role === role).flatMap((one) => idOf(one.email) ?? [])),
    ];
    return {
      ...read,
      data: {
        responsible: ids('responsible')[0] ?? null,
        assisting: ids('assisting'),
        originating: ids('originating'),
      },
    };
  }

  private async read(smokeball: SmokeballClient, call: CallContext): Promise<CallResult<readonly Staff[]>> {
    const kept = this.kept.get(call.firmId);
    if (kept && this.clock.nowMs() - kept.readAtMs < FRESH_MS)
      return { ok: true, status: 200, data: kept.staff, requestId: call.requestId ?? '' };
    const staff: Staff[] = [];
    for (let offset: number | null = 0; offset !== null;) {
      const answer: Awaited<ReturnType<SmokeballClient['staff']['list']>> = await smokeball.staff.list(
        { offset, limit: PAGE },
        call,
      );
      if (!answer.ok) return answer;
      staff.push(...answer.data.items);
      offset = answer.data.nextOffset;
    }
    this.kept.set(call.firmId, { staff, readAtMs: this.clock.nowMs() });
    return { ok: true, status: 200, data: staff, requestId: call.requestId ?? '' };
  }
}
