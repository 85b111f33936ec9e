import type { Parsed } from './support/http';
import { MattersWorld } from './support/matters-world';
import { WORLD_MS } from './support/world';

jest.setTimeout(60_000);

const as = (role: string, ...names: string[]) => names.map((name) => ({ email: `${name}@harborpine.example`, role }));
const [TOM, ANNA, PRIYA, OWEN] = ['tom.jones', 'anna.lee', 'priya.raman', 'owen.price'] as const;
const [FORMER, DISABLED] = ['marcus.webb', 'ruth.feldman'] as const;

describe('a matter’s people and tags', () => {
  let matters: MattersWorld;
  beforeAll(async () => void (matters = await MattersWorld.open()), WORLD_MS);
  afterAll(async () => matters?.close(), 60_000);

  const idOf = (name: string) => matters.staffId(`${name}@harborpine.example`);
  const people = async (id: string) => {
    const one = await matters.remote(id);
    return {
      responsible: one.personResponsibleStaffId ?? null,
      assisting: [one.personAssistingStaffId, ...one.personAssistingStaffs.map((link: Parsed) => link.id)].filter(
        Boolean,
      ),
      originating: [one.originatingStaffId, ...one.originatingStaffs.map((link: Parsed) => link.id)].filter(Boolean),
    };
  };

  describe('attorneys', () => {
    it('stand in their places, change, and go', async () => {
      const [tom, anna, priya, owen] = await Promise.all([TOM, ANNA, PRIYA, OWEN].map(idOf));
      const { id } = await matters.linked({
        attorneys: [
          ...as('responsible', TOM.toUpperCase()),
          ...as('assisting', ANNA, PRIYA),
          ...as('originating', OWEN, TOM),
        ],
      });
      expect(await people(id)).toEqual({ responsible: tom, assisting: [anna, priya], originating: [owen, tom] });
      await matters.edit(id, { attorneys: [...as('responsible', ANNA), ...as('assisting', PRIYA)] });
      expect(await people(id)).toEqual({ responsible: anna, assisting: [priya], originating: [] });
      await matters.edit(id, { attorneys: [] });
      expect(await people(id)).toEqual({ responsible: null, assisting: [], originating: [] });
    });

    it('whom they entered stay', async () => {
      const [tom, anna, owen] = await Promise.all([TOM, ANNA, OWEN].map(idOf));
      const { id, remoteId } = await matters.linked({
        attorneys: [...as('responsible', TOM), ...as('assisting', ANNA)],
      });
      await matters.asUser(remoteId, { personResponsibleStaffId: owen, personAssistingStaffIds: [owen] });
      await matters.edit(id, { attorneys: [] });
      expect(await people(id)).toEqual({ responsible: owen, assisting: [owen], originating: [] });
      await matters.edit(id, { attorneys: as('assisting', TOM) });
      expect(await people(id)).toMatchObject({ assisting: [owen, tom] });
      expect(anna).toBeDefined();
    });

    it.each([
      ['who has left', FORMER, 'attorney_inactive'],
      ['who is disabled', DISABLED, 'attorney_inactive'],
      ['whom nobody knows', 'no.body', 'attorney_unknown'],
    ])('one %s is never entered and blocks nothing', async (_name, name, code) => {
      const { id } = await matters.linked({ attorneys: [...as('responsible', name), ...as('assisting', ANNA)] });
      expect(await people(id)).toEqual({ responsible: null, assisting: [await idOf(ANNA)], originating: [] });
      const { id: operation, state } = await matters.operation(id, 'matter.push');
      expect(state).toBe('succeeded');
      const { body } = await matters.world.firm.api('GET', `/api/v1/integrations/smokeball/sync/${operation}`);
      expect(body.data.notices).toEqual([
        { code, message: expect.stringContaining(`${name}@harborpine.example`), hint: expect.any(String) },
      ]);
    });

    it('whose shares Smokeball keeps are left alone', async () => {
      const [tom, anna] = await Promise.all([TOM, ANNA].map(idOf));
      const { id, remoteId } = await matters.linked({ attorneys: as('originating', TOM) });
      await matters.asUser(remoteId, {
        originatingStaffId: '',
        originatingStaffIds: [tom, anna],
        splitOriginatingStaffSettings: {
          isEnabled: true,
          splitMethod: 'UseRatio',
          splitMatterStaffs: [
            { matterStaffId: tom, matterStaffRatio: 6000 },
            { matterStaffId: anna, matterStaffRatio: 4000 },
          ],
        },
      });
      await matters.edit(id, { attorneys: as('originating', PRIYA), title: 'Shared' });
      expect(await people(id)).toMatchObject({ originating: [tom, anna] });
      expect(await matters.remote(id)).toMatchObject({ description: 'Shared' });
      expect((await matters.operation(id, 'matter.update')).notices).toMatchObject([{ code: 'originating_locked' }]);
    });

    it('that Smokeball will not let go of are told of', async () => {
      await matters.switch({ patch_null: 'ignored' });
      try {
        const { id } = await matters.linked({ opened_on: '2026-03-01' });
        await matters.put(id, { opened_on: null });
        const [update] = (await matters.settled(id)).filter(({ kind }) => kind === 'matter.update');
        expect([update?.state, update?.notices]).toMatchObject(['succeeded', [{ code: 'not_cleared' }]]);
      } finally {
        await matters.switch({ patch_null: 'clears' });
      }
    }, 120_000);
  });

  describe('tags', () => {
    const names = async (id: string, type = 'Custom') =>
      ((await matters.remote(id)).tags as Parsed[])
        .filter((tag) => tag.type === type)
        .map(({ name }) => name)
        .sort();

    it('go out in one call after the matter, follow, and leave theirs alone', async () => {
      const since = await matters.since();
      const { id, remoteId } = await matters.linked({ tags: ['VIP', 'vip', 'Needs interpreter'] });
      expect((await matters.calls(since)).filter((call) => call.includes('/tags'))).toEqual([
        'POST /matters/{matterId}/tags',
      ]);
      expect(await names(id)).toEqual(['Needs interpreter', 'VIP']);
      await matters.tagAsUser(remoteId, ['VIP', 'Needs interpreter', 'Of the office']);
      await matters.edit(id, { tags: ['vip', 'of the OFFICE', 'Urgent'] });
      expect(await names(id)).toEqual(['Of the office', 'Urgent', 'VIP']);
      await matters.edit(id, { tags: [] });
      expect(await names(id)).toEqual(['Of the office']);
      const states = (await matters.operations(id))
        .filter(({ kind }) => kind === 'matter.tags')
        .map(({ state }) => state);
      expect(new Set(states)).toEqual(new Set(['succeeded']));
    });

    it('are set once although an answer was lost', async () => {
      await matters.world.product.simulator.break('POST /matters/{matterId}/tags', { reset: 'after' }, 1);
      const { id } = await matters.linked({ tags: ['Only once'] });
      expect(await names(id)).toEqual(['Only once']);
      await matters.edit(id, { tags: [] });
      expect(await names(id)).toEqual([]);
    }, 90_000);
  });

  it('cost one call for the matter when types and staff are known', async () => {
    await matters.linked({ attorneys: as('responsible', TOM) });
    const since = await matters.since();
    await matters.linked({ attorneys: as('responsible', ANNA) });
    const calls = (await matters.calls(since)).filter((call) => !call.includes('/contacts'));
    expect(calls.filter((call) => call !== 'GET /matters/{matterId}')).toEqual(['POST /matters']);
  });
});
