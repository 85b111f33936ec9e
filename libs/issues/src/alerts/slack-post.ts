import { Inject, Injectable } from '@nestjs/common';
import { ApiError, type Config, CONFIG } from '@matterline/platform';
import { requireAllowedTarget, targetAgent } from '@matterline/webhooks';
import { request } from 'undici';
import type { AlertMessage } from './alert-text';
import { codeOf, type Sent } from './mailer';

const TIMEOUT_MS = 15_000;
const ANSWER_MAX = 64 * 1024;

/** One POST in the format of Slack's incoming webhooks, to public addresses only. Redirects are not followed. */
@Injectable()
export class SlackPost {
  private readonly agent;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.agent = targetAgent(config.allowPrivateNetworks);
  }

  async send(url: string, { text, blocks }: AlertMessage): Promise<Sent> {
    try {
      // Judged again: a bare address is never looked up, and the operator may have thought better since it was saved.
      requireAllowedTarget(url, this.config.allowPrivateNetworks);
      const answer = await request(url, {
        method: 'POST',
        dispatcher: this.agent,
        headers: { 'content-type': 'application/json', 'user-agent': 'Matterline' },
        body: JSON.stringify({ text, blocks }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body.dump({ limit: ANSWER_MAX });
      const isTaken = answer.statusCode >= 200 && answer.statusCode < 300;
      return { error: isTaken ? null : `answered ${answer.statusCode}` };
    } catch (error) {
      if (error instanceof ApiError) return { error: error.code };
      return { error: codeOf(error) };
    }
  }
}
