import { type FakeAnswer, json, reset } from '../../../../../config/testing/stand-in';

export interface Subscription {
  readonly id: string;
  readonly name?: string;
  readonly key?: string;
  readonly eventTypes: string[];
  readonly eventNotificationUrl: string;
}

const OFFERED = [
  'noop',
  'error',
  'matter.created',
  'matter.updated',
  'contact.created',
  'contact.updated',
  'files.updated',
  'invoice.updated',
];

/** The part of Smokeball that keeps subscriptions. */
export class FakeSubscriptions {
  held: Subscription[] = [];
  made = 0;
  broken: string | null = null;
  /** Its answer is lost after it has taken effect. */
  lost: string | null = null;
  /** Every answer takes this long. */
  slowMs = 0;

  readonly answer: FakeAnswer = (request, ...rest) => {
    const path = request.url.replace(/\?.*/, '').replace('/api', '');
    if (this.broken === `${request.method} ${path}`) return json(503, {})(request, ...rest);
    const body = request.body === '' ? {} : (JSON.parse(request.body) as Omit<Subscription, 'id'>);
    const isLost = this.lost === `${request.method} ${path}`;
    const reply = (value: unknown, status = 200) =>
      void setTimeout(() => (isLost ? reset : json(status, value))(request, ...rest), this.slowMs);
    if (path === '/webhooks/types') return reply({ value: OFFERED });
    const offset = Number(new URLSearchParams(request.url.replace(/^[^?]*/, '')).get('Offset') ?? 0);
    if (request.method === 'GET')
      return reply({
        value: this.held.slice(offset, offset + 500).map(({ key: _hidden, ...shown }) => shown),
        size: this.held.length,
        offset,
        limit: 500,
      });
    if (request.method === 'POST') {
      this.made += 1;
      const subscription = { id: `sub-${this.made}`, ...body } as Subscription;
      this.held.push(subscription);
      return reply(subscription);
    }
    const id = path.split('/').at(-1);
    const at = this.held.findIndex((one) => one.id === id);
    if (at < 0) return reply({ message: 'Not found' }, 404);
    if (request.method === 'PUT') this.held[at] = { ...body, id: id ?? '' } as Subscription;
    else this.held.splice(at, 1);
    return reply({ id });
  };

  reset(): void {
    this.held = [];
    this.made = 0;
    this.broken = null;
    this.lost = null;
    this.slowMs = 0;
  }
}
