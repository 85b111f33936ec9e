import { Inject, Injectable } from '@nestjs/common';
import { Clock, type Config, CONFIG } from '@matterline/platform';
import { retryAfterMs } from '@matterline/smokeball-client';
import { Webhook } from 'standardwebhooks';
import { request } from 'undici';
import { requireAllowedTarget, targetAgent } from './public-target';

/** Source: docs/http-api.md#our-events. */
const TIMEOUT_MS = 15_000;
const ANSWER_MAX = 64 * 1024;
const RETRY_AFTER_MAX_MS = 3600_000;
const ASKS_TO_WAIT: readonly number[] = [429, 503];

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
  /** How long a 429 or 503 asked us to wait, at most an hour. */
  readonly retryAfterMs?: number;
}

/** One POST, signed as Standard Webhooks has it (standardwebhooks.com, v1). Redirects are not followed. */
@Injectable()
export class SignedPost {
  private readonly agent;
  private readonly allowPrivate: boolean;

  constructor(
    @Inject(CONFIG) config: Pick<Config, 'allowPrivateNetworks'>,
    private readonly clock: Clock,
  ) {
    this.allowPrivate = config.allowPrivateNetworks;
    this.agent = targetAgent(config.allowPrivateNetworks);
  }

  async send({ url, secret, id, body }: SignedMessage): Promise<PostResult> {
    const at = this.clock.now();
    if (!isAllowedTarget(url, this.allowPrivate)) return { status: null, error: 'target_not_allowed' };
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
      const askedMs = ASKS_TO_WAIT.includes(answer.statusCode)
        ? retryAfterMs(answer.headers['retry-after'], this.clock.nowMs())
        : undefined;
      return {
        status: answer.statusCode,
        error: isTaken ? null : `answered ${answer.statusCode}`,
        ...(askedMs === undefined ? {} : { retryAfterMs: Math.min(askedMs, RETRY_AFTER_MAX_MS) }),
      };
    } catch (error) {
      const name = error instanceof Error ? ((error as { code?: string }).code ?? error.name) : 'error';
      return { status: null, error: name.slice(0, 60) };
    }
  }
}

/** Judged again at every sending: the operator may have changed their mind since it was registered. */
function isAllowedTarget(url: string, allowPrivate: boolean): boolean {
  try {
    requireAllowedTarget(url, allowPrivate);
    return true;
  } catch {
    return false;
  }
}
