import { evaluate } from './testing/evaluate';

const withListener = (host: string) => `
  const { createServer } = await import('node:net');
  const { requireFreePort } = await load('launch/busy-port.mjs');
  const server = createServer().listen(0, ${JSON.stringify(host)});
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  const message = await requireFreePort(port, 'PORT', 'the console').then(() => 'free', (error) => error.message);
  await new Promise((resolve) => server.close(resolve));
  await requireFreePort(port, 'PORT', 'the console');
  return message.replaceAll(String(port), 'P').replaceAll(String(port + 100), 'Q');`;

describe('requireFreePort', () => {
  it.each(['127.0.0.1', '0.0.0.0'])('names the port, its purpose and the remedy when %s has it', (host) => {
    expect(evaluate(withListener(host)).value).toBe(
      'Port P, wanted for the console, is in use by another program. Stop that program, or choose another port: PORT=Q npm start',
    );
  });
});
