import { Injectable } from '@nestjs/common';
import { SmokeballAccess } from '@matterline/auth';
import { type NumberPlan, PhoneIndex } from '@matterline/contacts';
import { KnownMatters } from '@matterline/matter-mapping';
import type { FirmScope } from '@matterline/platform';
import type { Matter } from '@matterline/smokeball-client';
import type { Decision } from '../vodia/answer';
import type { PbxTenant } from '../tenants/tenant-row';
import { indexedContact, type LinkSettings } from './answer-contacts';
import type { LiveFound } from './live-search';

export interface LocalFound {
  readonly decision: Decision & { readonly status: 'match' };
  /** Shown contacts whose matters nobody has read yet. */
  readonly withoutMatters: readonly string[];
}

/** Answers from our own rows: the phone index and the matters known beside it. */
@Injectable()
export class LocalLookup {
  constructor(
    private readonly index: PhoneIndex,
    private readonly matters: KnownMatters,
    private readonly access: SmokeballAccess,
  ) {}

  links(tenant: PbxTenant): LinkSettings {
    return { hosts: this.access.hosts(tenant.region, tenant.environment), template: tenant.config.link_template };
  }

  async find(
    scope: FirmScope,
    accountId: string,
    tenant: PbxTenant,
    e164: string,
    plan: NumberPlan,
  ): Promise<LocalFound | null> {
    const found = await this.index.find(scope, accountId, e164, plan);
    if (found.length === 0) return null;
    const shown = found.slice(0, tenant.config.max_contacts);
    const known = await this.matters.ofContacts(
      scope,
      accountId,
      shown.map((contact) => contact.contactId),
    );
    const links = this.links(tenant);
    const contacts = shown.map((contact) => indexedContact(contact, known.get(contact.contactId) ?? [], links));
    const withoutMatters = shown.filter((contact) => !contact.mattersRead && !known.has(contact.contactId));
    return {
      decision: { status: 'match', reason: '', total: found.length, contacts },
      withoutMatters: withoutMatters.map((contact) => contact.contactId),
    };
  }

  /** Keeps what a live search gave, so that the next call needs none. */
  async learn(scope: FirmScope, accountId: string, { hits, matters }: LiveFound, plan: NumberPlan): Promise<void> {
    await this.index.putAll(
      scope,
      accountId,
      hits.map((hit) => hit.contact),
      plan.country,
    );
    await this.learnMatters(scope, accountId, matters);
  }

  async learnMatters(
    scope: FirmScope,
    accountId: string,
    matters: ReadonlyMap<string, readonly Matter[]>,
  ): Promise<void> {
    if (matters.size === 0) return;
    const each = new Map([...matters.values()].flat().map((matter) => [matter.id, matter]));
    for (const matter of each.values()) await this.matters.put(scope, accountId, matter);
    await this.index.markMattersRead(scope, accountId, [...matters.keys()]);
  }
}
