import type { Answer } from '../matterline/answer';
import type { DeskStore } from '../desk-store';
import { NOT_CONNECTED, type CasehugSender } from './casehug-sender';
import type { CasehugSettings } from './casehug-settings';

const RECORD = 'casehug-receiver';
const PER_PAGE = 100;
const RETRY_MS = 5_000;

interface Receiver {
  readonly webhook_id: string;
  readonly secret: string;
  readonly url: string;
  /** Which Matterline and which firm gave the secret; another one's secret is of no use. */
  readonly source: string;
}

export interface RegistrationState {
  readonly registered: boolean;
  readonly url: string;
  readonly problem: string;
}

/**
 * Registers the desk's receiver with Matterline, once: a registration at the same address whose secret is known is kept,
 * one whose secret is lost is replaced (a secret is shown only when it is made). Tries again every 5 s until it succeeds.
 */
export class ReceiverRegistration {
  private problem = '';
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<RegistrationState> | undefined;
  private stopped = false;

  constructor(
    private readonly store: DeskStore,
    private readonly sender: CasehugSender,
    private readonly settings: () => CasehugSettings | undefined,
    private readonly receiverUrl: () => string,
  ) {}

  /** The secret that deliveries are signed with, when one is known. */
  secret(): string | undefined {
    return this.receiver()?.secret;
  }

  state(): RegistrationState {
    return {
      registered: this.receiver() !== undefined && this.problem === '',
      url: this.receiverUrl(),
      problem: this.problem,
    };
  }

  /** Two calls at the same time share one run: otherwise both could find nothing and register twice. */
  ensure(): Promise<RegistrationState> {
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<RegistrationState> {
    clearTimeout(this.timer);
    this.problem = this.settings() === undefined ? NOT_CONNECTED : await this.register();
    if (this.problem !== '' && this.settings() !== undefined && !this.stopped) {
      this.timer = setTimeout(() => void this.ensure(), RETRY_MS).unref();
    }
    return this.state();
  }

  /** The problem in plain words, or an empty text. */
  private async register(): Promise<string> {
    const url = this.receiverUrl();
    const found = await this.registeredAt(url);
    if (typeof found === 'string') return found;
    const known = this.receiver();
    const keep = known !== undefined && found.includes(known.webhook_id) ? known.webhook_id : undefined;
    for (const id of found.filter((other) => other !== keep)) {
      const gone = await this.sender.call({ method: 'DELETE', path: `/api/v1/webhooks/${encodeURIComponent(id)}` });
      if (!gone.ok && gone.status !== 404) return gone.problem;
    }
    return keep === undefined ? this.create(url) : '';
  }

  private async registeredAt(url: string): Promise<readonly string[] | string> {
    const ids: string[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await this.sender.read(`/api/v1/webhooks?page=${page}&per_page=${PER_PAGE}`);
      if (!answer.ok) return answer.problem;
      const list = answer.body as {
        data?: { id?: unknown; url?: unknown }[];
        pagination?: { has_more?: unknown };
      } | null;
      for (const hook of list?.data ?? []) if (hook.url === url && typeof hook.id === 'string') ids.push(hook.id);
      if (list?.pagination?.has_more !== true) return ids;
    }
  }

  private async create(url: string): Promise<string> {
    const answer = await this.sender.call({
      method: 'POST',
      path: '/api/v1/webhooks',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url, events: ['*'], description: 'CaseHug desk of the simulator' }),
    });
    if (!answer.ok) return answer.problem;
    const made = madeHook(answer);
    if (made === undefined) return 'Matterline registered the receiver but sent no signing secret.';
    this.store.write(RECORD, { ...made, url, source: this.source() } satisfies Receiver);
    return '';
  }

  private receiver(): Receiver | undefined {
    const stored = this.store.read(RECORD) as Receiver | undefined;
    return stored !== undefined && stored.source === this.source() && stored.url === this.receiverUrl()
      ? stored
      : undefined;
  }

  private source(): string {
    const settings = this.settings();
    return settings === undefined ? '' : `${settings.api_url}#${settings.firm_id}`;
  }
}

function madeHook(answer: Answer): { webhook_id: string; secret: string } | undefined {
  const data = (answer.body as { data?: { id?: unknown; signing_secret?: unknown } } | null)?.data;
  if (typeof data?.id !== 'string' || typeof data.signing_secret !== 'string') return undefined;
  return { webhook_id: data.id, secret: data.signing_secret };
}
