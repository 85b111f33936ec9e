import { aMatter } from './support/a-matter';
import type { Parsed } from './support/http';
import { MattersWorld } from './support/matters-world';
import { newId } from './support/new-id';
import { untilLink } from './support/until';
import { WORLD_MS } from './support/world';

jest.setTimeout(60_000);

const MAPPINGS = '/api/v1/integrations/smokeball/mappings';
const TYPES = '/api/v1/integrations/smokeball/matter-types';

describe('which Smokeball type a matter becomes', () => {
  let matters: MattersWorld;
  beforeAll(async () => void (matters = await MattersWorld.open()), WORLD_MS);
  afterAll(async () => matters?.close(), 60_000);

  const admin = (method: string, path: string, json?: unknown) =>
    matters.world.firm.session.call(method, path, { json });
  const typed = async (q: string, location = 'IL'): Promise<Parsed> => {
    const { body } = await admin('GET', `${TYPES}?location=${location}&q=${encodeURIComponent(q)}`);
    return body.data.types[0];
  };
  const waiting = async (parts: Record<string, unknown>): Promise<string> => {
    const id = newId('mat');
    await matters.put(id, aMatter(parts), '?sync=true');
    const { link } = await untilLink(matters.world.firm, id, 'needs_mapping');
    expect(link.error.hint).toContain('Settings → Mapping');
    expect(await matters.remote(id)).toBeUndefined();
    return id;
  };

  it.each<[string, Record<string, unknown>, string]>([
    ['the same name', { case_type: 'Paternity', practice_area: null }, 'Paternity'],
    [
      'the same name, written otherwise',
      { case_type: 'slip & fall', practice_area: null, state: 'Illinois' },
      'Slip and Fall',
    ],
    ['the best likeness in its category', { case_type: 'Post-Decree Modification' }, 'Modification of Orders'],
    [
      'the type whose name stands in the case type',
      { case_type: 'Slip and Fall (Store)', practice_area: 'personal_injury' },
      'Slip and Fall',
    ],
  ])('%s', async (_name, parts, name) => {
    const { id } = await matters.linked(parts);
    expect(await matters.remote(id)).toMatchObject({ matterType: { name } });
  });

  it.each<[string, Record<string, unknown>]>([
    ['a case type that nobody knows', { case_type: `Space law ${newId('x')}`, practice_area: null }],
    ['two that are equally like it', { case_type: 'Purchase', practice_area: 'real_estate' }],
    ['no case type', { case_type: null, practice_area: null }],
    ['no state', { case_type: 'Divorce (Standard)', state: null }],
  ])('none for %s: nothing is created', async (_name, parts) => {
    const id = await waiting(parts);
    await matters.settled(id);
    const { matters: all } = await matters.world.product.simulator.firm();
    expect(all.filter((one: Parsed) => one.externalSystemId === id)).toEqual([]);
  });

  it('the firm’s own choice, and what waited for it goes on by itself', async () => {
    const caseType = `Sea law ${newId('x')}`;
    const ids = [
      await waiting({ case_type: caseType, practice_area: null }),
      await waiting({ case_type: caseType, practice_area: null }),
    ];
    const other = await waiting({ case_type: caseType, practice_area: null, state: 'CA' });
    const listed = (await admin('GET', MAPPINGS)).body.data.case_types as Parsed[];
    expect(listed.find((row) => row.case_type === caseType && row.state === 'IL')).toMatchObject({
      matters_waiting: 2,
      becomes: null,
    });
    const type = await typed('adoption');
    const saved = await admin('PUT', MAPPINGS, {
      case_type: caseType.toUpperCase(),
      state: 'Illinois',
      matter_type_id: type.id,
      location: 'IL',
      client_role: 'respondent',
    });
    expect([saved.status, saved.body.data.resumed]).toEqual([200, 2]);
    for (const id of ids) {
      const { link } = await untilLink(matters.world.firm, id, 'confirmed');
      expect(link.matter_type).toEqual({ id: type.id, name: 'Adoption', client_role: 'Respondent' });
      expect(await matters.remote(id)).toMatchObject({ matterType: { id: type.id } });
    }
    expect((await matters.world.firm.api('GET', `/api/v1/matters/${other}`)).body.data.link.state).toBe(
      'needs_mapping',
    );
    const gone = await admin('DELETE', `${MAPPINGS}?case_type=${encodeURIComponent(caseType)}&state=IL`);
    expect(gone.status).toBe(204);
  });

  it('what the firm chose for everything else', async () => {
    const id = await waiting({ case_type: `Air law ${newId('x')}`, practice_area: null });
    const type = await typed('general advice');
    const put = { case_type: null, state: null, matter_type_id: type.id, location: 'IL' };
    expect((await admin('PUT', MAPPINGS, put)).status).toBe(200);
    await untilLink(matters.world.firm, id, 'confirmed');
    expect(await matters.remote(id)).toMatchObject({ matterType: { name: 'General Advice' } });
    expect((await admin('DELETE', MAPPINGS)).status).toBe(204);
  });

  it('is not asked for again while the catalogue is known', async () => {
    await matters.linked({ state: 'TX' });
    const since = await matters.since();
    await matters.linked({ state: 'Texas', case_type: 'Custody Only' });
    expect((await matters.calls(since)).filter((call) => call.includes('mattertypes'))).toEqual([]);
  });
});
