import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Clock } from '../clock/clock';
import { sha256Hex, hashToken } from '../crypto/tokens';
import { FieldCipher } from '../crypto/field-cipher';
import { SearchHasher } from '../crypto/search-hash';
import { Database } from '../database/database';
import { ApiError } from './api-error';
import { toApiError } from './error-filter';

const KEEP_MS = 24 * 3600 * 1000;
/** A claim whose process died is open to the next caller after this long. */
const ABANDONED_MS = 120_000;
const KEY = /^[\x21-\x7e]{1,255}$/;
const NOT_KEPT = (status: number) => status === 401 || status === 403 || status === 429 || status >= 500;

const OWN_IDEMPOTENCY = 'matterline:own-idempotency';

/** For routes that compare something else than the raw body, and therefore use `IdempotencyKeys` themselves. */
export const OwnIdempotency = (): MethodDecorator => SetMetadata(OWN_IDEMPOTENCY, true);

interface KeptAnswer {
  readonly body_hash: string;
  readonly state: 'running' | 'done';
  readonly status: number | null;
  readonly answer_enc: Buffer | null;
  readonly claimed_at: Date;
}

/**
 * `Idempotency-Key` on POST for 24 h, bound to firm, method and path: the same key and body give the first answer again.
 * Source: docs/http-api.md#idempotency. Multipart routes do the same through `IdempotencyKeys` with the file's hash.
 */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` at most once for this key.
   * @throws ApiError `idempotency_conflict` for another body, `idempotency_in_progress` while the first still runs.
   */
  async once<T>(
    firmId: string,
    request: FastifyRequest,
    fingerprint: string,
    statusOf: () => number,
    work: () => Promise<T>,
  ): Promise<{ status: number; body: T }> {
    const key = request.headers['idempotency-key'];
    if (key === undefined) {
      const body = await work();
      return { status: statusOf(), body };
    }
    if (typeof key !== 'string' || !KEY.test(key)) {
      throw ApiError.validation([{ field: 'Idempotency-Key', message: 'must be 1 to 255 visible characters' }]);
    }
    const id = sha256Hex(`${request.method} ${request.url.split('?')[0]}\n${key}`);
    const place = { firmId, field: 'idempotency_keys.answer_enc', rowId: id };
    const bodyHash = this.hasher.hash(firmId, 'idempotency', fingerprint).toString('hex');
    const kept = await this.claim(firmId, id, bodyHash);
    if (kept) {
      if (kept.body_hash !== bodyHash) {
        throw new ApiError('idempotency_conflict', 'This Idempotency-Key was used with another body.');
      }
      if (kept.state === 'running' || !kept.answer_enc || kept.status === null) {
        throw new ApiError('idempotency_in_progress', 'The first request with this Idempotency-Key is still running.');
      }
      const answer = this.cipher.openJson<{
        error?: { code: never; message: string; details: Record<string, unknown> };
      } | null>(place, kept.answer_enc);
      if (answer?.error) throw new ApiError(answer.error.code, answer.error.message, answer.error.details);
      return { status: kept.status, body: (answer ?? undefined) as T };
    }
    try {
      const body = await work();
      const status = statusOf();
      await this.keep(firmId, id, status, this.cipher.sealJson(place, body ?? null));
      return { status, body };
    } catch (error) {
      const known = toApiError(error);
      if (known && !NOT_KEPT(known.status)) {
        const body = { error: { code: known.code, message: known.message, details: known.details } };
        await this.keep(firmId, id, known.status, this.cipher.sealJson(place, body));
      } else {
        await this.forget(firmId, id);
      }
      throw error;
    }
  }

  private async claim(firmId: string, id: string, bodyHash: string): Promise<KeptAnswer | null> {
    const now = this.clock.now();
    return await this.database.forFirm(firmId, async (scope) => {
      await scope.change(
        `delete from idempotency_keys where id = $1 and (claimed_at < $2 or (state = 'running' and claimed_at < $3))`,
        [id, new Date(now.getTime() - KEEP_MS), new Date(now.getTime() - ABANDONED_MS)],
      );
      const mine = await scope.query(
        `insert into idempotency_keys (firm_id, id, body_hash, state, claimed_at) values ($1, $2, $3, 'running', $4)
         on conflict do nothing returning id`,
        [firmId, id, bodyHash, now],
      );
      if (mine.length > 0) return null;
      return await scope.one<KeptAnswer>(
        'select body_hash, state, status, answer_enc, claimed_at from idempotency_keys where id = $1',
        [id],
      );
    });
  }

  private async keep(firmId: string, id: string, status: number, answer: Buffer): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      await scope.change(`update idempotency_keys set state = 'done', status = $2, answer_enc = $3 where id = $1`, [
        id,
        status,
        answer,
      ]);
    });
  }

  private async forget(firmId: string, id: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      await scope.change('delete from idempotency_keys where id = $1', [id]);
    });
  }
}

interface RequestWithFirm extends FastifyRequest {
  access?: { firmId: string | null };
}

/** Applies `IdempotencyKeys` to every JSON POST of a firm's caller. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly keys: IdempotencyKeys,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<RequestWithFirm>();
    const firmId = request.access?.firmId;
    const isOwn = this.reflector.get<boolean | undefined>(OWN_IDEMPOTENCY, context.getHandler()) ?? false;
    if (request.method !== 'POST' || !firmId || isOwn || request.headers['idempotency-key'] === undefined)
      return next.handle();
    const reply = http.getResponse<FastifyReply>();
    const fingerprint = hashToken(
      (request.rawBody ?? Buffer.alloc(0)).toString('base64') + (request.url.split('?')[1] ?? ''),
    ).toString('hex');
    const answer = this.keys.once(
      firmId,
      request,
      fingerprint,
      () => reply.statusCode,
      () => lastValueFrom(next.handle() as Observable<unknown>, { defaultValue: undefined }),
    );
    return from(
      answer.then(({ status, body }) => {
        void reply.status(status);
        return body;
      }),
    );
  }
}
