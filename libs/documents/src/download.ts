import { Inject, Injectable } from '@nestjs/common';
import { ApiError, type Config, CONFIG } from '@matterline/platform';
import { requireAllowedTarget, targetAgent } from '@matterline/webhooks';
import { request } from 'undici';
import { guardedBody } from './guarded-body';

const TIMEOUT_MS = 60_000;

const failedDownload = (why: string) =>
  new ApiError('download_failed', `The file could not be fetched: ${why}.`, {
    hint: 'Check the download_url, or send the bytes themselves.',
  });

/** Fetches a document from the address that CaseHug gave, from public https addresses only (docs/http-api.md#documents). */
@Injectable()
export class Download {
  private readonly agent;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.agent = targetAgent(config.allowPrivateNetworks);
  }

  /** @throws ApiError `target_not_allowed`, `download_failed`. Redirects are not followed. */
  async fetch(address: string): Promise<AsyncIterable<Buffer>> {
    const url = requireAllowedTarget(address, this.config.allowPrivateNetworks);
    const answer = await request(url, {
      dispatcher: this.agent,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    }).catch(() => {
      throw failedDownload('there was no answer');
    });
    if (answer.statusCode === 200)
      return guardedBody(answer.body as AsyncIterable<Buffer>, () => failedDownload('it broke off'));
    await answer.body.dump();
    throw failedDownload(`the address answered ${answer.statusCode}`);
  }
}
