import { Inject, Injectable } from '@nestjs/common';
import type { NewWebhook, Webhook, WebhookCreate } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { ApiError, Clock, type Config, CONFIG, Database, FieldCipher, hashToken, newId } from '@matterline/platform';
import { randomBytes } from 'node:crypto';
import { EndpointListeners } from './endpoint-listeners';
import { OutgoingEvents } from './outgoing-events';
import { requireAllowedTarget } from './public-target';

interface EndpointRow {
  readonly id: string;
  readonly url_enc: Buffer;
  readonly events: Webhook['events'];
  readonly description: string | null;
  readonly created_at: Date;
  readonly state: Webhook['state'];
  readonly paused_since: Date | null;
  readonly last_error: string | null;
}

export const endpointPlace = (firmId: string, id: string, column: 'url_enc' | 'secret_enc') => ({
  firmId,
  field: `webhook_endpoints.${column}`,
  rowId: id,
});

/** Where CaseHug wants to be told. */
@Injectable()
export class Endpoints {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly events: OutgoingEvents,
    private readonly listeners: EndpointListeners,
  ) {}

  /** The signing secret is given back this once. @throws ApiError 422 `target_not_allowed`. */
  async add(firmId: string, wish: WebhookCreate, actor: string): Promise<NewWebhook> {
    const url = requireAllowedTarget(wish.url, this.config.allowPrivateNetworks).href;
    const id = newId('wh');
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const now = this.clock.now();
    return await this.database.forFirm(firmId, async (scope) => {
      await scope.change(
        `insert into webhook_endpoints (id, firm_id, url_enc, url_hash, events, description, secret_enc, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
        [
          id,
          firmId,
          this.cipher.sealText(endpointPlace(firmId, id, 'url_enc'), url),
          hashToken(url),
          wish.events,
          wish.description ?? null,
          this.cipher.sealText(endpointPlace(firmId, id, 'secret_enc'), secret),
          now,
        ],
      );
      await this.audit.record(scope, {
        actor,
        action: 'webhook.create',
        subject: `webhook:${id}`,
        detail: { events: wish.events },
      });
      return {
        id,
        url,
        events: wish.events,
        description: wish.description ?? null,
        created_at: now.toISOString(),
        state: 'active',
        paused_since: null,
        last_error: null,
        signing_secret: secret,
      };
    });
  }

  async list(firmId: string): Promise<Webhook[]> {
    const rows = await this.database.forFirm(firmId, (scope) =>
      scope.query<EndpointRow>(
        `select id, url_enc, events, description, created_at, state, paused_since, last_error from webhook_endpoints
          where firm_id = $1 and deleted_at is null order by created_at desc, id`,
        [firmId],
      ),
    );
    return rows.map((row) => ({
      id: row.id,
      url: this.cipher.openText(endpointPlace(firmId, row.id, 'url_enc'), row.url_enc),
      events: row.events,
      description: row.description,
      created_at: row.created_at.toISOString(),
      state: row.state,
      paused_since: row.paused_since?.toISOString() ?? null,
      last_error: row.last_error,
    }));
  }

  async remove(firmId: string, id: string, actor: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      const removed = await scope.one<{ state: Webhook['state'] }>(
        'update webhook_endpoints set deleted_at = $2 where id = $1 and deleted_at is null returning state',
        [id, this.clock.now()],
      );
      if (!removed) throw ApiError.notFound('webhook');
      await scope.change(
        `update deliveries set state = 'cancelled', finished_at = $2, updated_at = $2 where endpoint_id = $1 and state in ('pending', 'held')`,
        [id, this.clock.now()],
      );
      if (removed.state !== 'active') await this.listeners.resumed(scope, id);
      await this.audit.record(scope, { actor, action: 'webhook.delete', subject: `webhook:${id}` });
    });
  }

  /** Sends `webhook.test` to this endpoint alone, whatever it subscribed to. */
  async test(firmId: string, id: string, actor: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      // Somebody wants to know now: a pause that has begun does not stand in the way.
      const known = await scope.one(
        'update webhook_endpoints set not_before = null, updated_at = $2 where id = $1 and deleted_at is null returning id',
        [id, this.clock.now()],
      );
      if (!known) throw ApiError.notFound('webhook');
      await this.events.emit(scope, {
        type: 'webhook.test',
        matterId: null,
        data: { smokeball_matter_id: null, webhook_id: id },
        dedupeKey: newId('test'),
        endpointId: id,
      });
      await this.audit.record(scope, { actor, action: 'webhook.test', subject: `webhook:${id}` });
    });
  }
}
