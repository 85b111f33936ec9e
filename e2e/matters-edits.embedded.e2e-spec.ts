import { aClient } from './support/a-matter';
import type { Parsed } from './support/http';
import { MattersWorld } from './support/matters-world';
import { newId } from './support/new-id';
import { untilLink } from './support/until';
import { waitFor } from './support/wait-for';
import { WORLD_MS } from './support/world';

jest.setTimeout(60_000);

const NAMED = 'harborpine.example';

describe('a matter in Smokeball', () => {
  let matters: MattersWorld;
  beforeAll(async () => void (matters = await MattersWorld.open()), WORLD_MS);
  beforeEach(() => matters.settings({ lead: false, close_on_archive: false, send_number: true }));
  afterAll(async () => matters?.close(), 60_000);

  it('takes the type’s own role, its parties, number, date and our id', async () => {
    const { id, sent } = await matters.linked({ opened_on: '2026-03-01', other_sides: [aClient()] });
    expect(await matters.remote(id)).toMatchObject({
      number: sent.case_number,
      openedDate: expect.stringMatching(/^2026-03-01/),
      status: 'Open',
      isLead: false,
      externalSystemId: id,
      matterType: { name: 'Divorce' },
      clientIds: [expect.any(String)],
      otherSideIds: [expect.any(String)],
    });
  });

  it('is numbered by Smokeball when the firm wants that', async () => {
    await matters.settings({ send_number: false });
    const { id, sent } = await matters.linked();
    const numbered = await waitFor('its number', async () => (await matters.remote(id)).number as string);
    expect(numbered).not.toBe(sent.case_number);
    await waitFor('the number here', async () => {
      const { body } = await matters.world.firm.api('GET', `/api/v1/matters/${id}`);
      return body.data.link.smokeball_number === numbered;
    });
  });

  it('follows an edit with one PATCH of what changed; what they changed in other fields stays', async () => {
    const { id, remoteId } = await matters.linked({ description: 'First' });
    await matters.asUser(remoteId, {
      status: 'Pending',
      personResponsibleStaffId: await matters.staffId(`tom.jones@${NAMED}`),
    });
    const since = await matters.since();
    await matters.edit(id, { case_number: `E-${newId('n')}`, opened_on: '2026-05-05' });
    expect((await matters.calls(since)).filter((call) => call.startsWith('PATCH'))).toEqual([
      'PATCH /matters/{matterId}',
    ]);
    expect(await matters.remote(id)).toMatchObject({
      number: expect.stringMatching(/^E-/),
      openedDate: expect.stringMatching(/^2026-05-05/),
      status: 'Pending',
      description: expect.stringContaining('First'),
      personResponsibleStaffId: await matters.staffId(`tom.jones@${NAMED}`),
    });
  });

  it('keeps their words where CaseHug changed something else, and gives way where CaseHug changed it later', async () => {
    const { id, remoteId } = await matters.linked();
    await matters.asUser(remoteId, { description: 'Their words' });
    await matters.edit(id, { opened_on: '2026-06-06' });
    expect(await matters.remote(id)).toMatchObject({ description: 'Their words' });
    await matters.edit(id, { title: 'Our words' });
    expect(await matters.remote(id)).toMatchObject({ description: 'Our words' });
  });

  it('gets clients and other sides that come later, and keeps those that they added', async () => {
    const [first, second, theirs] = [aClient(), aClient(), aClient()];
    const { remoteId: otherId } = await matters.linked({ clients: [theirs] });
    const { id, remoteId } = await matters.linked({ clients: [first] });
    const firm = await matters.world.product.simulator.firm();
    const [ofTheirs] = firm.matters.find((one: Parsed) => one.id === otherId).clientIds as string[];
    const [ofFirst] = (await matters.remote(id)).clientIds as string[];
    await matters.asUser(remoteId, { clientIds: [ofFirst, ofTheirs] });
    await matters.edit(id, { clients: [first, second], other_sides: [aClient()] });
    const { clientIds, otherSideIds } = await matters.remote(id);
    expect(clientIds).toHaveLength(3);
    expect(clientIds).toEqual(expect.arrayContaining([ofFirst, ofTheirs]));
    expect(otherSideIds).toHaveLength(1);
    await matters.edit(id, { clients: [second], other_sides: [] });
    const after = await matters.remote(id);
    expect([after.clientIds.length, after.clientIds.includes(ofFirst), after.otherSideIds]).toEqual([2, false, []]);
  });

  it('is closed with its archiving only if the firm says so, and never opened again by us', async () => {
    const { id } = await matters.linked();
    await matters.edit(id, { status: 'archived' });
    expect((await matters.remote(id)).status).toBe('Open');
    await matters.settings({ close_on_archive: true });
    await matters.edit(id, {}, '?sync=true');
    expect((await matters.remote(id)).status).toBe('Closed');
    await matters.edit(id, { status: 'active' });
    expect((await matters.remote(id)).status).toBe('Closed');
    expect((await matters.operation(id, 'matter.update')).notices).toMatchObject([{ code: 'matter_stays_closed' }]);
  });

  it.each(['Pending', 'Closed', 'Open'])('that they make %s is reported so', async (status) => {
    const { id, remoteId } = await matters.linked();
    await matters.asUser(remoteId, { status: status === 'Open' ? 'Pending' : status });
    await matters.asUser(remoteId, { status });
    await waitFor('the status', async () => {
      const { body } = await matters.world.firm.api('GET', `/api/v1/matters/${id}`);
      return body.data.link.smokeball_status === status;
    });
  });

  it('that they delete breaks the link; restored, it is joined again', async () => {
    const { id, remoteId } = await matters.linked();
    await matters.asUser(remoteId, { status: 'Deleted' });
    expect((await untilLink(matters.world.firm, id, 'broken')).link.error).toMatchObject({ code: 'link_broken' });
    const since = await matters.since();
    await matters.edit(id, { title: 'Nobody reads this' });
    expect((await matters.calls(since)).filter((call) => /^(POST|PATCH)/.test(call))).toEqual([]);
    await matters.asUser(remoteId, { status: 'Open' });
    await untilLink(matters.world.firm, id, 'confirmed');
    await matters.edit(id, { title: 'Back again' });
    expect(await matters.remote(id)).toMatchObject({ id: remoteId, description: 'Back again' });
  });

  it('waits for its client and goes on by itself', async () => {
    const id = newId('mat');
    const { sent: picture } = await matters.linked();
    await matters.put(id, { ...picture, case_number: null, clients: [] }, '?sync=true');
    await untilLink(matters.world.firm, id, 'waiting_for_client');
    await matters.put(id, { clients: [aClient()] });
    await untilLink(matters.world.firm, id, 'confirmed');
    expect(await matters.remote(id)).toBeDefined();
  });

  it('says that its number is taken, and is sent again by itself once it has another', async () => {
    await matters.switch({ unique_matter_numbers: true });
    try {
      const { sent } = await matters.linked();
      const id = newId('mat');
      await matters.put(id, { ...sent, clients: [aClient()] }, '?sync=true');
      expect((await untilLink(matters.world.firm, id, 'failed')).link.error).toMatchObject({
        code: 'number_taken',
        hint: expect.stringContaining('Settings → Integrations'),
      });
      await matters.put(id, { case_number: newId('n') });
      await untilLink(matters.world.firm, id, 'confirmed');
    } finally {
      await matters.switch({ unique_matter_numbers: false });
    }
  });

  describe('as a lead', () => {
    it('is made so, edited so, and becomes a matter once the firm wants matters; never the other way round', async () => {
      await matters.settings({ lead: true });
      const { id, remoteId } = await matters.linked({ opened_on: '2026-03-01' });
      expect(await matters.remote(id)).toMatchObject({
        isLead: true,
        leadOpenedDate: expect.stringMatching(/^2026-03-01/),
      });
      await matters.edit(id, { title: 'Still a lead' });
      expect(await matters.remote(id)).toMatchObject({ isLead: true, description: 'Still a lead' });
      await matters.settings({ lead: false });
      await matters.edit(id, {}, '?sync=true');
      expect(await matters.remote(id)).toMatchObject({
        id: remoteId,
        isLead: false,
        matterType: { name: 'Divorce' },
        openedDate: expect.stringMatching(/^2026-03-01/),
      });
      const { body } = await matters.world.firm.api('GET', `/api/v1/matters/${id}`);
      expect(body.data.link.matter_type).toMatchObject({ name: 'Divorce', client_role: 'Petitioner' });
      await matters.settings({ lead: true });
      await matters.edit(id, { title: 'A matter for ever' });
      expect(await matters.remote(id)).toMatchObject({ isLead: false, description: 'A matter for ever' });
    });
  });
});
