import { Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

describe('parts of tasks', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  let staffId: string;
  let task: string;

  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
    receiver = await Receiver.start();
  });
  afterAll(async () => {
    await receiver.close();
    await sim.close();
  });
  beforeEach(async () => {
    await sim.begin();
    const body = { eventTypes: ['task.updated', 'error'], eventNotificationUrl: receiver.url };
    await sim.api('POST', '/webhooks', { body });
    staffId = String((await sim.api('GET', '/staff?Search=name:tom*')).list[0]?.['id']);
    const made = await sim.api('POST', '/tasks', { body: { staffId, subject: 'Prepare the hearing' } });
    task = `/tasks/${String(made.body['id'])}`;
    await sim.settle();
    receiver.received.length = 0;
  });

  const read = async (path: string): Promise<Json> => (await sim.api('GET', path)).body;

  it('a subtask is accepted, then visible below its task, which has changed', async () => {
    await sim.switches({ visibility_ms: 500 });
    const before = String((await sim.api('GET', task)).text.match(/"lastUpdated":(\d+)/)?.[1]);
    const made = await sim.api('POST', `${task}/subtasks`, { body: { staffId, subject: 'Call the court' } });
    expect(made.status).toBe(202);
    const path = `${task}/subtasks/${String(made.body['id'])}`;
    expect((await sim.api('GET', path)).status).toBe(404);
    await sim.settle();
    const subtask = await sim.api('GET', path);
    expect(subtask.body).toMatchObject({
      subject: 'Call the court',
      isCompleted: false,
      isDeleted: false,
      parentTask: { id: task.split('/')[2] },
      createdBy: { id: staffId },
    });
    expect((await read(task))['subTasks']).toMatchObject([{ id: made.body['id'] }]);
    const after = String((await sim.api('GET', task)).text.match(/"lastUpdated":(\d+)/)?.[1]);
    expect(BigInt(after)).toBeGreaterThan(BigInt(before));
    expect(receiver.types()).toEqual(['task.updated']);
  });

  it('PUT replaces a subtask and completes it; DELETE leaves a tombstone in the list', async () => {
    const made = await sim.api('POST', `${task}/subtasks`, { body: { staffId, subject: 'Call' } });
    const path = `${task}/subtasks/${String(made.body['id'])}`;
    const done = { staffId, subject: 'Called', isCompleted: true, completedByStaffId: staffId };
    expect((await sim.api('PUT', path, { body: done })).status).toBe(202);
    expect(await read(path)).toMatchObject({
      subject: 'Called',
      isCompleted: true,
      completedBy: { id: staffId },
      completedDateOnly: expect.stringMatching(/T00:00:00$/),
    });
    expect((await sim.api('DELETE', path)).status).toBe(202);
    expect((await sim.api('GET', `${task}/subtasks`)).list).toMatchObject([{ subject: 'Called', isDeleted: true }]);
  });

  it('a PUT of the task keeps its subtasks', async () => {
    const made = await sim.api('POST', `${task}/subtasks`, { body: { staffId, subject: 'Call' } });
    await sim.api('PUT', task, { body: { staffId, subject: 'Another subject' } });
    expect(await read(task)).toMatchObject({ subject: 'Another subject', subTasks: [{ id: made.body['id'] }] });
  });

  it('files and memos are linked to a task and unlinked', async () => {
    const matter = `/matters/${String((await sim.api('GET', '/matters?Limit=1')).list[0]?.['id'])}`;
    const memo = await sim.api('POST', `${matter}/memos`, { body: { title: 'Call', text: 'Spoke' } });
    const file = await sim.api('POST', `${matter}/documents/files`, { body: { fileName: 'a.pdf' } });
    await sim.settle();
    const add = async (documentId: unknown, type: number): Promise<string> => {
      const answer = await sim.api('POST', `${task}/documents`, { body: { documentId, type } });
      expect(answer.status).toBe(202);
      return String(answer.body['id']);
    };
    const first = await add(file.body['fileId'], 0);
    await add(memo.body['id'], 2);
    expect((await sim.api('GET', `${task}/documents`)).list).toMatchObject([
      { type: 0, isDeleted: false, document: { id: file.body['fileId'] }, task: { id: task.split('/')[2] } },
      { type: 2, document: { id: memo.body['id'], href: expect.stringContaining(`${matter}/memos/`) } },
    ]);
    expect((await sim.api('DELETE', `${task}/documents/${first}`)).status).toBe(202);
    expect(await read(`${task}/documents/${first}`)).toMatchObject({ isDeleted: true });
  });

  const UNKNOWN = '00000000-0000-4000-8000-000000000000';
  it.each([
    ['an unknown staff member', '/subtasks', { staffId: UNKNOWN, subject: 'X' }, 'SubTask'],
    ['an unknown document', '/documents', { documentId: UNKNOWN, type: 0 }, 'TaskDocument'],
  ])('%s is accepted and told later', async (_name, path, body, resourceName) => {
    const answer = await sim.api('POST', `${task}${path}`, { body });
    expect(answer.status).toBe(202);
    await sim.settle();
    expect(receiver.received.map(({ body: event }) => event['payload'])).toEqual([
      { message: expect.stringContaining(UNKNOWN), resourceName, resourceId: answer.body['id'] },
    ]);
    expect((await sim.api('GET', `${task}${path}`)).list).toEqual([]);
  });

  it.each([
    ['a subtask without a subject', 'POST', '/subtasks', { staffId: UNKNOWN }, 400],
    [
      'a completed one without who did it',
      'POST',
      '/subtasks',
      { staffId: UNKNOWN, subject: 'X', isCompleted: true },
      400,
    ],
    ['a form template', 'POST', '/documents', { documentId: UNKNOWN, type: 1 }, 400],
    ['an unknown subtask', 'PUT', `/subtasks/${UNKNOWN}`, { staffId: UNKNOWN, subject: 'X' }, 404],
    ['an unknown document link', 'DELETE', `/documents/${UNKNOWN}`, undefined, 404],
  ])('%s (%s %s): refused at once', async (_name, method, path, body, status) => {
    expect((await sim.api(method, `${task}${path}`, { body })).status).toBe(status);
  });

  it('parts of another task are not found', async () => {
    const made = await sim.api('POST', `${task}/subtasks`, { body: { staffId, subject: 'Call' } });
    const other = await sim.api('POST', '/tasks', { body: { staffId, subject: 'Other' } });
    const path = `/tasks/${String(other.body['id'])}/subtasks/${String(made.body['id'])}`;
    expect((await sim.api('GET', path)).status).toBe(404);
  });
});
