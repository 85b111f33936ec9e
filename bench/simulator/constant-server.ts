import type { AddressInfo } from 'node:net';
import fastify from 'fastify';

/** The floor: the same web framework with nothing behind it, answering one contact's worth of JSON to every call. */
const ANSWER = JSON.stringify({
  id: '00000000-0000-4000-8000-000000000000',
  person: { firstName: 'A' },
  pad: 'x'.repeat(400),
});

async function main(): Promise<void> {
  const app = fastify({ logger: false });
  app.all('/*', (_request, reply) => reply.type('application/json').send(ANSWER));
  await app.listen({ port: 0, host: '127.0.0.1' });
  process.stdout.write(`${JSON.stringify({ ready: true, port: (app.server.address() as AddressInfo).port })}\n`);
}

void main();
