import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Firms } from '@matterline/auth';
import type { FirmScope } from '@matterline/platform';
import type { Matter, MatterPatch } from '@matterline/smokeball-client';
import {
  ACCEPTED,
  failed,
  type Failed,
  failureOutcome,
  type OperationContext,
  type OperationHandler,
  OperationHandlers,
  type OperationRow,
  type Outcome,
  SUCCEEDED,
  waiting,
} from '@matterline/sync';
import { MatterStore } from '../matters/matter-store';
import { MatterArrival } from './matter-arrival';
import { sharedMembers, staffMembers } from './matter-write';
import { PartyContacts } from './party-contacts';
import { StaffDirectory } from './staff-directory';

interface Comparison {
  readonly current: Matter;
  readonly patch: Partial<MatterPatch>;
  readonly sentHash: Buffer;
  /** Hash of CaseHug's picture that was compared. */
  readonly picture: string;
}

/** `matter.update`: a later edit in CaseHug follows by PATCH, only where Smokeball holds something else. */
@Injectable()
export class UpdateMatterHandler implements OperationHandler, OnModuleInit {
  readonly kind = 'matter.update';

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly store: MatterStore,
    private readonly contacts: PartyContacts,
    private readonly staff: StaffDirectory,
    private readonly firms: Firms,
    private readonly arrival: MatterArrival,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async ready(scope: FirmScope, operation: OperationRow): Promise<{ waitMs: number } | Failed | null> {
    const matter = await this.store.find(scope, operation.entity_id);
    if (!matter?.link.smokeball_matter_id) return failed('matter_not_linked');
    return await this.contacts.obstacle(scope, [...matter.picture.clients, ...matter.picture.other_sides]);
  }

  async execute(context: OperationContext): Promise<Outcome> {
    const read = await this.compare(context);
    if ('kind' in read) return read;
    if (Object.keys(read.patch).length === 0) {
      await context.tx((scope) => this.settled(scope, context.operation.entity_id, read.sentHash, read.current));
      return SUCCEEDED;
    }
    return await this.write(context, read);
  }

  async confirm(context: OperationContext): Promise<Outcome> {
    const read = await this.compare(context);
    if ('kind' in read) return read;
    if (Object.keys(read.patch).length > 0) {
      // Edited in CaseHug since: what was written is not what is wished any more.
      return context.progress['picture'] === read.picture ? waiting(0) : await this.write(context, read);
    }
    await context.tx((scope) => this.settled(scope, context.operation.entity_id, read.sentHash, read.current));
    return SUCCEEDED;
  }

  async failed(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    await this.store.setLink(scope, operation.entity_id, {
      error_code: failure.code,
      ...(failure.code === 'link_broken' ? { state: 'broken' } : {}),
    });
  }

  async reopened(scope: FirmScope, operation: OperationRow): Promise<void> {
    await this.store.setLink(scope, operation.entity_id, { error_code: null });
  }

  private async write(context: OperationContext, read: Comparison): Promise<Outcome> {
    context.step('Write the changed fields');
    const answer = await context.smokeball.matters.patch(
      read.current.id,
      { ...read.patch, isLead: read.current.isLead },
      context.call,
    );
    if (!answer.ok) return failureOutcome(answer.failure, 'PATCH', context.operation.tries_since_reset);
    await context.remember({ picture: read.picture });
    return ACCEPTED;
  }

  /** Smokeball's matter as it is, and the part of the picture in which it differs. */
  private async compare(context: OperationContext): Promise<Comparison | Outcome> {
    const { matter, settings, clientIds, otherSideIds } = await context.tx(async (scope) => {
      const found = await this.store.find(scope, context.operation.entity_id);
      return {
        matter: found,
        settings: (await this.firms.read(scope)).settings,
        clientIds: await this.contacts.contactIds(scope, found?.picture.clients ?? []),
        otherSideIds: await this.contacts.contactIds(scope, found?.picture.other_sides ?? []),
      };
    });
    if (!matter?.link.smokeball_matter_id) return failed('matter_not_linked');
    context.step('Read the matter as it is in Smokeball');
    const current = await context.smokeball.matters.get(matter.link.smokeball_matter_id, context.call);
    if (!current.ok) return failureOutcome(current.failure, 'GET', context.operation.tries_since_reset);
    if (current.data.status === 'Deleted') return failed('link_broken');
    const staff = await this.staff.staffOf(context.smokeball, matter.picture.attorneys, context.call);
    if (!staff.ok) return failureOutcome(staff.failure, 'GET', context.operation.tries_since_reset);
    const closes = settings.close_on_archive && matter.picture.status === 'archived';
    const wish: Partial<MatterPatch> = {
      ...sharedMembers(matter.picture, settings),
      ...staffMembers(staff.data),
      ...(clientIds.length > 0 ? { clientIds } : {}),
      ...(otherSideIds.length > 0 ? { otherSideIds } : {}),
      ...(closes ? { status: 'Closed' as const } : {}),
    };
    return {
      current: current.data,
      patch: difference(current.data, wish),
      sentHash: this.store.sentDigest(context.firmId, matter.picture, settings),
      picture: matter.pictureHash.toString('hex'),
    };
  }

  private async settled(scope: FirmScope, matterId: string, sentHash: Buffer, current: Matter): Promise<void> {
    await this.store.setLink(scope, matterId, { sent_hash: sentHash, error_code: null, error_detail_enc: null });
    await this.arrival.seen(scope, current);
  }
}

/** The members in which Smokeball holds something else. */
function difference(current: Matter, wish: Partial<MatterPatch>): Partial<MatterPatch> {
  const held = current as unknown as Record<string, unknown>;
  return Object.fromEntries(Object.entries(wish).filter(([key, value]) => !isSame(held[key], value)));
}

function isSame(held: unknown, wish: unknown): boolean {
  if (Array.isArray(wish)) return Array.isArray(held) && sorted(held) === sorted(wish);
  if (typeof wish !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(wish)) return held === wish;
  return typeof held === 'string' && held.slice(0, 10) === wish.slice(0, 10);
}

const sorted = (ids: readonly unknown[]): string => ids.map(String).sort().join();
