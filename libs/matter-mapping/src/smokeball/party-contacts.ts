import { Injectable } from '@nestjs/common';
import type { Party } from '@matterline/contracts';
import { Parties } from '@matterline/contacts';
import type { FirmScope } from '@matterline/platform';
import { failed, type Failed } from '@matterline/sync';

/** Woken earlier when a contact arrives; this is only for a lost wake-up. */
const LOOK_AGAIN_MS = 30_000;
const STUCK = new Set(['failed', 'needs_review', 'broken']);

/** A matter may name only contacts that Smokeball already shows (docs/smokeball-api.md#async-writes). */
@Injectable()
export class PartyContacts {
  constructor(private readonly parties: Parties) {}

  /** What stands in the way of the matter, if anything. */
  async obstacle(scope: FirmScope, parties: readonly Party[]): Promise<{ waitMs: number } | Failed | null> {
    const ids = [...new Set(parties.map((party) => party.id))];
    const links = await this.parties.links(scope, ids);
    if (links.some((link) => STUCK.has(link.state))) return failed('contact_failed');
    const arrived = links.filter((link) => link.state === 'confirmed' && link.smokeball_contact_id !== null);
    return arrived.length === ids.length ? null : { waitMs: LOOK_AGAIN_MS };
  }

  /** The Smokeball ids of the parties, in their order. */
  async contactIds(scope: FirmScope, parties: readonly Party[]): Promise<string[]> {
    const links = await this.parties.links(
      scope,
      parties.map((party) => party.id),
    );
    const byClient = new Map(links.map((link) => [link.client_id, link.smokeball_contact_id]));
    return [...new Set(parties.flatMap((party) => byClient.get(party.id) ?? []))];
  }
}
