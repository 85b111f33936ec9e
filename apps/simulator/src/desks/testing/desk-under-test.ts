import fastify, { type FastifyInstance } from 'fastify';
import { join } from 'node:path';
import { registerDesks } from '../index';
import { fakeCore } from './fake-core';
import { FakeMatterline } from './fake-matterline';

/** The desks on a real port of their own, and a Matterline that only listens. */
export interface DeskUnderTest {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly matterline: FakeMatterline;
  /** A JSON call to the desks; gives the parsed body. */
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  stop(): Promise<void>;
}

export async function deskUnderTest(core = fakeCore()): Promise<DeskUnderTest> {
  process.env['SIMULATOR_PUBLIC_DIR'] = join(__dirname, '../../../public');
  const matterline = await FakeMatterline.start();
  const app = fastify();
  await registerDesks(app, core);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  core.publicUrl = url;
  return {
    app,
    url,
    matterline,
    async call(method, path, body) {
      const init =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const response = await fetch(url + path, { method, ...init });
      const text = await response.text();
      return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
    },
    async stop() {
      await app.close();
      await matterline.stop();
    },
  };
}
