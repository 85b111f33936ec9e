import { Inject, Injectable } from '@nestjs/common';
import { Clock, type Config, CONFIG } from '@matterline/platform';
import { Webhook } from 'standardwebhooks';
import { request } from 'undici';
import { targetAgent } from './public-target';

/** Source: docs/http-api.md#our-events. */
const TIMEOUT_MS = 15_000;
const ANSWER_MAX = 64 * 1024;

export interface SignedMessage {
  readonly url: string;
  readonly secret: string;
  readonly id: string;
  readonly body: string;
}

/** `error` is null when the receiver took it (2xx); else a code, never the receiver's words. */
export interface PostResult {
  readonly status: number | null;
  readonly error: string | null;
}

/** One POST, signed as Standard Webhooks has it (standardwebhooks.com, v1). Redirects are not followed. */
@Injectable()
export class SignedPost {
  private readonly agent;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly clock: Clock,
  ) {
    this.agent = targetAgent(config.allowPrivateNetworks);
  }

  async send({ url, secret, id, body }: SignedMessage): Promise<PostResult> {
    const at = this.clock.now();
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher: this.agent,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Matterline',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, at, body),
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body.dump({ limit: ANSWER_MAX });
      const isTaken = answer.statusCode >= 200 && answer.statusCode < 300;
      return { status: answer.statusCode, error: isTaken ? null : `answered ${answer.statusCode}` };
    } catch (error) {
      const name = error instanceof Error ? ((error as { code?: string }).code ?? error.name) : 'error';
      return { status: null, error: name.slice(0, 60) };
    }
  }
}
