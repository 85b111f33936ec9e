import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Firms } from '@matterline/auth';
import { PhoneIndex } from '@matterline/contacts';
import { KnownMatters } from '@matterline/matter-mapping';
import { Database } from '@matterline/platform';
import type { Contact, Matter } from '@matterline/smokeball-client';
import { createTestDatabase, type TestDatabase } from '../../../../config/testing/test-database';
import { runMigrations } from '../../../../migrations/run';
import { Pbxes } from '../tenants/pbxes';
import { FakeSmokeball } from './fake-smokeball';
import { TestPbx } from './pbx-line';
import { MovableClock, newMasterKey, startTelephonyApp } from './telephony-app';

const ACCOUNT = 'acc-1';
export const JOHN = 'b471682e-0000-4000-8000-000000000001';
export const MATTER = 'd0000000-0000-4000-8000-000000000001';

/** A connected US firm in area 617 with extensions 504 and 505 paired, 506 not; and a Smokeball that counts. */
export class CallWorld {
  readonly clock: MovableClock;
  private calls = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly smokeball: FakeSmokeball,
    readonly app: NestFastifyApplication,
    readonly url: string,
    clock: MovableClock,
  ) {
    this.clock = clock;
  }

  pbx: TestPbx;
  firmId = '';

  static async start(): Promise<CallWorld> {
    const database = await createTestDatabase();
    await runMigrations(database.url);
    const smokeball = await FakeSmokeball.start();
    const clock = new MovableClock();
    const settings = { databaseUrl: database.url, smokeballUrl: smokeball.url, masterKey: newMasterKey(), clock };
    const { app, url } = await startTelephonyApp(settings);
    const world = new CallWorld(database, smokeball, app, url, clock);
    ({ firmId: world.firmId, pbx: world.pbx } = await world.newFirm('firm_1', 'law.example.com'));
    await database.query(
      `insert into connections (firm_id, state, account_id, updated_at, hook_id, hook_state) values ($1, 'connected', $2, now(), 'h', 'active')`,
      [world.firmId, ACCOUNT],
    );
    await world.pbx.send('PUT', '/extensions', [
      { extension: '504', name: 'Tom Jones', email: 'Tom@Law.example.com', aliases: ['6175550104'] },
      { extension: '505', name: 'Ann', email: '', aliases: [] },
      { extension: '506', name: 'Never', email: '', aliases: [] },
    ]);
    for (const extension of ['504', '505']) {
      const page = await world.pbx.pair(extension);
      if (!page.text.includes('Paired')) throw new Error(`extension ${extension} could not be paired`);
    }
    return world;
  }

  /** A firm of its own that is not connected, and its PBX. */
  async newFirm(caseHugFirmId: string, domain: string): Promise<{ firmId: string; pbx: TestPbx }> {
    const place = { region: 'us', environment: 'production', timezone: 'America/New_York' } as const;
    const firm = await this.app.get(Firms).create({ name: 'Law', caseHugFirmId, ...place });
    const made = await this.app.get(Pbxes).create(firm.firmId, { domain, country: 'US', areaCode: '617' });
    return { firmId: firm.firmId, pbx: new TestPbx(this.url, made.tenantId, made.tenantKey ?? '') };
  }

  /** Puts a contact and its matters where the first import and the events put them. */
  async index(contact: Contact, ...matters: Matter[]): Promise<void> {
    await this.app.get(Database).forFirm(this.firmId, async (scope) => {
      await this.app.get(PhoneIndex).put(scope, ACCOUNT, contact, 'US');
      for (const one of matters) await this.app.get(KnownMatters).put(scope, ACCOUNT, one);
      await this.app.get(PhoneIndex).markMattersRead(scope, ACCOUNT, [contact.id]);
    });
  }

  /** A new call that rings at 504. */
  ring(from: string, more: Record<string, unknown> = {}): Record<string, unknown> {
    this.calls += 1;
    const to = '"Tom Jones" <sip:504@law.example.com>';
    return {
      domain: 'law.example.com',
      callid: `call-${this.calls}@pbx`,
      state: 'ringing',
      from,
      to,
      extension: '504',
      ...more,
    };
  }

  forget(): void {
    this.smokeball.trouble = null;
    this.smokeball.contacts = [];
    this.smokeball.matters = [];
    this.smokeball.forget();
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.smokeball.stop();
    await this.database.drop();
  }
}

export function person(id: string, fields: Record<string, unknown>, lastUpdated = 100n): Contact {
  const who: unknown = {
    id,
    isDeleted: false,
    lastUpdated,
    tags: [],
    person: { firstName: 'John', lastName: 'Smith', ...fields },
  };
  return who as Contact;
}

export function matter(id: string, fields: Record<string, unknown> = {}): Matter {
  const what: unknown = {
    id,
    number: '2026-0042',
    title: 'Smith - Lease',
    status: 'Open',
    versionId: '100',
    clientIds: [],
    otherSideIds: [],
    ...fields,
  };
  return what as Matter;
}
