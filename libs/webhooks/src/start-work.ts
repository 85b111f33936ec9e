import type { INestApplicationContext } from '@nestjs/common';
import { Dispatcher, ProcessLink } from '@matterline/platform';
import { Watchdog } from './subscriptions/watchdog';

/** Makes this process a worker: due operations, events and deliveries are worked on, and subscriptions are watched. */
export async function startWork(app: INestApplicationContext): Promise<void> {
  await app.init();
  await app.get(Dispatcher).start();
  app.get(Watchdog).start();
}

/** A process that only answers HTTP still listens for changes, for its live pages. */
export async function startListening(app: INestApplicationContext): Promise<void> {
  await app.init();
  await app.get(ProcessLink).start();
}
