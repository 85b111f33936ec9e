import { SmokeballAccess } from '@matterline/auth';
import { ticksFromDate } from '@matterline/smokeball-client';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { MatterRoom } from '../testing/matter-room';
import { type CataloguePlace, MatterTypeCatalogue } from './catalogue';

const HOUR_MS = 3600_000;
const PLACE: CataloguePlace = { region: 'us', environment: 'production', location: 'IL', isLead: false };

describe('the catalogue of matter types', () => {
  let room: MatterRoom;
  let other: AppUnderTest;

  beforeAll(async () => {
    room = await MatterRoom.open();
    other = await startApp({ beside: room.one });
  });
  beforeEach(() => room.newFirm());
  afterAll(async () => {
    await other.close();
    await room.close();
  });

  const types = async (place: Partial<CataloguePlace> = {}, at: AppUnderTest = room.one) => {
    const smokeball = await at.get(SmokeballAccess).forConnection(room.firmId);
    if (!smokeball) throw new Error('not configured');
    const call = { lane: 'automatic', firmId: room.firmId } as const;
    const read = await at.get(MatterTypeCatalogue).types(smokeball, { ...PLACE, ...place }, call);
    return read.ok ? read.data.map(({ name }) => name) : read.failure.kind;
  };
  const reads = () => room.smokeball.calls().filter((call) => call.startsWith('GET /mattertypes')).length;

  it('is read once a place for all processes, and again after a day', async () => {
    expect(await types()).toEqual(['Divorce', 'Adoption', 'Custody', 'Annulment']);
    expect(await types({}, other)).toHaveLength(4);
    expect(await types()).toHaveLength(4);
    expect(reads()).toBe(1);
    room.one.clock.advance(24 * HOUR_MS - 1);
    await types();
    expect(reads()).toBe(1);
    room.one.clock.advance(1);
    await types();
    expect(reads()).toBe(2);
  });

  it('is read once by all who ask at the same time', async () => {
    await Promise.all(Array.from({ length: 10 }, () => types()));
    expect(reads()).toBe(1);
  });

  it.each<[string, Partial<CataloguePlace>]>([
    ['another place', { location: 'CA' }],
    ['leads', { isLead: true }],
    ['another region', { region: 'au' }],
    ['staging', { environment: 'staging' }],
    ['a name', { location: { name: 'Divorce' } }],
  ])('of %s is another', async (_name, place) => {
    await types();
    await types(place);
    await types(place);
    expect(reads()).toBe(2);
  });

  it('by name keeps nobody’s words', async () => {
    expect(await types({ location: { name: 'Divorce' } })).toEqual(['Divorce']);
    const rows = await room.one.database.query<{ location: string }>('select location from matter_type_catalogues');
    expect(rows.map(({ location }) => location)).toEqual([expect.stringMatching(/^name:[0-9a-f]{64}\/matter$/)]);
  });

  it('is forgotten when Smokeball says that a type has changed, once for all firms that say so', async () => {
    await types();
    room.one.clock.advance(1000);
    const changedAt = ticksFromDate(room.one.clock.now());
    room.smokeball.types = room.smokeball.types.slice(0, 1);
    await room.event('mattertype.updated', {}, changedAt);
    room.one.clock.advance(1000);
    expect(await types()).toEqual(['Divorce']);
    await room.event('mattertype.updated', {}, changedAt);
    expect(await types()).toEqual(['Divorce']);
    expect(await types({}, other)).toEqual(['Divorce']);
    expect(reads()).toBe(2);
  });

  it('that cannot be read is not kept', async () => {
    room.smokeball.refuse('GET', /^\/mattertypes/, 403);
    expect(await types()).toBe('forbidden');
    expect(await types()).toHaveLength(4);
  });
});
