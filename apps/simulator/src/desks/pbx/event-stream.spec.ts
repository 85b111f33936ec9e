import { streamEvents } from './event-stream';

async function read(...chunks: readonly string[]): Promise<readonly { event: string; data: string }[]> {
  const found = [];
  for await (const event of streamEvents(bytes(chunks))) found.push(event);
  return found;
}

async function* bytes(chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk, 'latin1');
}

describe('streamEvents', () => {
  const message = (data: string, event = 'message'): object => ({ event, data });
  const cases = [
    { name: 'a named event', chunks: ['event: pop\ndata: {"a":1}\n\n'], found: [message('{"a":1}', 'pop')] },
    {
      name: 'an event cut anywhere',
      chunks: ['da', 'ta: on', 'e\n', '\ndata: two\n\n'],
      found: [message('one'), message('two')],
    },
    { name: 'several data lines', chunks: ['data: a\ndata: b\n\n'], found: [message('a\nb')] },
    {
      name: 'carriage returns, also cut from their line feed',
      chunks: ['data: a\r', '\n\r\ndata: b\r\n\r\n'],
      found: [message('a'), message('b')],
    },
    { name: 'comments and ids', chunks: [': ping\n\nid: 7\nretry: 10\ndata:x\n\n'], found: [message('x')] },
    { name: 'half an event at the end', chunks: ['data: whole\n\ndata: half'], found: [message('whole')] },
    { name: 'a letter cut in its bytes', chunks: ['data: \xc3', '\xa4\n\n'], found: [message('ä')] },
  ];

  it.each(cases)('reads $name', async ({ chunks, found }) => {
    expect(await read(...chunks)).toEqual(found);
  });
});
