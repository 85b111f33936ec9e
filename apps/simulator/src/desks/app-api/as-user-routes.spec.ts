import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SimulatorUnderTest, type Json } from '../../testing/simulator-under-test';

describe('changes by a person in the pages', () => {
  let sim: SimulatorUnderTest;
  let receiver: Server;
  const told: { readonly type: string; readonly source: string; readonly payload: Json }[] = [];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        told.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as (typeof told)[number]);
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    sim = await SimulatorUnderTest.connected({ tag_events: true });
    await sim.api('POST', '/webhooks', {
      body: {
        key: 'a key',
        name: 'all',
        eventTypes: ['contact.updated', 'matter.updated', 'files.updated'],
        eventNotificationUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
      },
    });
  });
  afterAll(async () => {
    await sim.close();
    receiver.close();
  });
  beforeEach(() => told.splice(0));

  const send = async (method: string, path: string, body?: object) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${sim.base}/_sim/us/as-user/${path}`, { method, ...init });
    return { status: response.status, body: (await response.json()) as Json };
  };
  /** The oldest one; the newest is restricted to somebody else. */
  const firstMatter = async (): Promise<string> => {
    const page = await (await fetch(`${sim.base}/us/app-api/matters?status=Open&kind=matter&q=HP-`)).json();
    return (page as { matters: { id: string }[] }).matters.at(-1)?.id ?? '';
  };
  const filesOf = async (matterId: string): Promise<{ files: Json[]; folders: Json[]; tags: Json[] }> => {
    const page = await (await fetch(`${sim.base}/us/app-api/matters/${matterId}`)).json();
    return (page as { matter: { files: Json[]; folders: Json[]; tags: Json[] } }).matter;
  };
  const events = async (): Promise<readonly string[]> => {
    await sim.control('POST', '/settle');
    return told.map(({ type, source }) => `${type} ${source}`);
  };

  it('stores, renames, moves and deletes a file, a history entry and an event each', async () => {
    const matterId = await firstMatter();
    const upload = async (query: string, text: string): Promise<Json> => {
      const response = await fetch(`${sim.base}/_sim/us/as-user/matters/${matterId}/files${query}`, {
        method: 'POST',
        headers: { 'x-file-name': encodeURIComponent('Plan — draft.pdf'), 'content-type': 'application/octet-stream' },
        body: text,
      });
      return (await response.json()) as Json;
    };
    const id = String((await upload('', 'first'))['id']);
    await upload(`?fileId=${id}`, 'the second version');
    const folder = await send('POST', `matters/${matterId}/folders`, { name: 'Court' });
    await send('PATCH', `files/${id}`, { file_name: 'Plan.pdf', folder_id: folder.body['id'] });
    const { files, folders } = await filesOf(matterId);
    expect(files.find((file) => file['id'] === id)).toMatchObject({
      name: 'Plan',
      fileExtension: '.pdf',
      folderId: folder.body['id'],
      sizeBytes: 18,
      versions: [{ sizeBytes: 5 }, { sizeBytes: 18 }],
    });
    expect(folders).toMatchObject([{ name: 'Court' }]);
    await send('DELETE', `files/${id}`);
    expect((await filesOf(matterId)).files.find((file) => file['id'] === id)).toMatchObject({ isDeleted: true });
    expect(await events()).toEqual(Array(4).fill('files.updated Smokeball'));
    const history = await sim.api('GET', `/matters/${matterId}/documents/files/${id}/history`);
    expect((history.body['value'] as Json[]).map((one) => one['changeType'])).toEqual([
      'Create',
      'VersionReplace',
      'Rename',
      'Move',
      'Delete',
    ]);
  });

  it('sets the tags of a matter and of a contact, and tells of it', async () => {
    const matterId = await firstMatter();
    await send('PUT', `matters/${matterId}/tags`, { tags: ['urgent', ' urgent ', '', 'court'] });
    expect((await filesOf(matterId)).tags.map((tag) => tag['name'])).toEqual(['urgent', 'court']);
    await send('PUT', `matters/${matterId}/tags`, { tags: ['court'] });
    expect((await filesOf(matterId)).tags.map((tag) => tag['name'])).toEqual(['court']);
    const made = await send('POST', 'contacts', { person: { firstName: 'Tag', lastName: 'Ged' } });
    await send('PUT', `contacts/${String(made.body['id'])}/tags`, { tags: ['VIP'] });
    const shown = (await (await fetch(`${sim.base}/us/app-api/contacts/${String(made.body['id'])}`)).json()) as Json;
    expect(shown['contact']).toMatchObject({ custom_tags: ['VIP'] });
    expect(await events()).toEqual([
      'matter.updated Smokeball',
      'matter.updated Smokeball',
      'contact.updated Smokeball',
    ]);
  });

  const wrong = [
    { name: 'an unknown file', method: 'PATCH', path: 'files/none', body: { file_name: 'x' }, status: 404 },
    { name: 'an unknown file to delete', method: 'DELETE', path: 'files/none', status: 404 },
    {
      name: 'a folder of an unknown matter',
      method: 'POST',
      path: 'matters/none/folders',
      body: { name: 'x' },
      status: 404,
    },
    { name: 'a folder without a name', method: 'POST', path: 'matters/{matter}/folders', body: {}, status: 400 },
    { name: 'a folder of blanks', method: 'POST', path: 'matters/{matter}/folders', body: { name: '  ' }, status: 400 },
    { name: 'a folder in a folder that is not there', method: 'POST', path: 'matters/{matter}/folders', body: { name: 'x', parent_folder_id: 'none' }, status: 404 }, // prettier-ignore
    { name: 'tags that are no list', method: 'PUT', path: 'matters/{matter}/tags', body: { tags: 'a' }, status: 400 },
    { name: 'tags of nobody', method: 'PUT', path: 'contacts/none/tags', body: { tags: [] }, status: 404 },
  ];

  it.each(wrong)('refuses $name', async ({ method, path, body, status }) => {
    const answer = await send(method, path.replace('{matter}', await firstMatter()), body);
    expect(answer.status).toBe(status);
    expect((answer.body['error'] as Json)['message']).toEqual(expect.stringMatching(/\w/));
  });
});
