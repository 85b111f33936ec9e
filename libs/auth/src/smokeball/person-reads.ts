import { Injectable } from '@nestjs/common';
import { ApiError, Database } from '@matterline/platform';
import type { CallContext, CallResult, SmokeballClient, SmokeballFailure } from '@matterline/smokeball-client';
import { TokenEndpointAway } from '../connection/connection-tokens';
import { readConnection } from '../connection/connection-row';
import { SmokeballAccess } from './smokeball-access';

const RETRY_AFTER_S = 10;

/** What is asked of Smokeball, and what it is called when there is none. */
interface Asked {
  readonly firmId: string;
  /** Ends the sentence “Smokeball could not be asked for …”. */
  readonly what: string;
  /** One record, which may be gone or kept from us; not a list. */
  readonly isRecord?: boolean;
}

/** Smokeball, read at once for somebody who waits for the answer. Nothing is kept, and what fails is said. */
@Injectable()
export class PersonReads {
  constructor(
    private readonly database: Database,
    private readonly access: SmokeballAccess,
  ) {}

  /** @throws ApiError 409 while the firm is not connected. */
  async client({ firmId, what }: Asked): Promise<SmokeballClient> {
    const isConnected = await this.database.forFirm(
      firmId,
      async (scope) => (await readConnection(scope))?.state === 'connected',
    );
    const client = isConnected ? await this.access.forConnection(firmId) : null;
    if (client) return client;
    throw notConnected(what);
  }

  /**
   * @returns what the call read
   * @throws ApiError 404 where Smokeball has no such record, 409 where the firm's connection or the record does not allow it, 503 otherwise
   */
  async read<T>(
    asked: Asked,
    call: (smokeball: SmokeballClient, context: CallContext) => Promise<CallResult<T>>,
  ): Promise<T> {
    const smokeball = await this.client(asked);
    try {
      const answer = await call(smokeball, personCall(asked.firmId));
      if (answer.ok) return answer.data;
      throw refusal(answer.failure, asked);
    } catch (error) {
      throw error instanceof TokenEndpointAway ? away(asked.what) : error;
    }
  }
}

/** Somebody waits for it. */
export const personCall = (firmId: string): CallContext => ({ lane: 'person', firmId });

function refusal({ kind }: SmokeballFailure, { what, isRecord = false }: Asked): ApiError {
  if (kind === 'not_found' && isRecord)
    return new ApiError('not_found', `Smokeball has no such record any more: ${what}.`);
  if (kind === 'unauthorized') return notConnected(what);
  if (kind === 'forbidden' && isRecord)
    return new ApiError('conflict', `Smokeball does not let this connection read ${what}.`, {
      hint: 'The matter may be restricted in Smokeball: whoever connected Matterline needs to be allowed to see it.',
    });
  return away(what);
}

const away = (what: string) =>
  new ApiError('unavailable', `Smokeball could not be asked for ${what}.`, {}, RETRY_AFTER_S);

const notConnected = (what: string) =>
  new ApiError('conflict', `Smokeball can be asked for ${what} only while the firm is connected to it.`, {
    hint: 'Open Settings → Integrations and connect to Smokeball.',
  });
