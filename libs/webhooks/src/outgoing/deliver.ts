import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Dispatcher, FieldCipher } from '@matterline/platform';
import { EventParts } from '../event-parts';
import { ClaimDelivery, type Claimed } from './claim-delivery';
import { CloseDelivery } from './close-delivery';
import { endpointPlace } from './endpoints';
import { eventPlace } from './outgoing-events';
import { type SignedMessage, SignedPost } from './signed-post';

const REMOVED = { status: null, error: 'endpoint removed' } as const;

/** Delivers one event to one endpoint, signed as Standard Webhooks has it (standardwebhooks.com, v1). */
@Injectable()
export class Deliver implements OnModuleInit {
  constructor(
    private readonly claims: ClaimDelivery,
    private readonly closer: CloseDelivery,
    private readonly cipher: FieldCipher,
    private readonly post: SignedPost,
    private readonly dispatcher: Dispatcher,
    private readonly parts: EventParts,
  ) {}

  onModuleInit(): void {
    this.dispatcher.register('delivery', (firmId, id) => this.run(firmId, id));
  }

  async run(firmId: string, id: string): Promise<void> {
    const claimed = await this.claims.claim(firmId, id);
    if (!claimed) return;
    const begunMs = performance.now();
    const result = claimed.endpoint_gone ? REMOVED : await this.post.send(this.addressed(firmId, claimed));
    const state = await this.closer.close(firmId, claimed, result, performance.now() - begunMs);
    if (state === null) return;
    this.parts.metrics.run('delivery', 'casehug', state);
    this.parts.log.info('delivery.run', {
      firm_id: firmId,
      delivery_id: claimed.id,
      event_id: claimed.event_id,
      state,
      status: result.status ?? undefined,
      attempt: claimed.attempts,
    });
  }

  private addressed(firmId: string, claimed: Claimed): SignedMessage {
    return {
      url: this.cipher.openText(endpointPlace(firmId, claimed.endpoint_id, 'url_enc'), claimed.url_enc),
      secret: this.cipher.openText(endpointPlace(firmId, claimed.endpoint_id, 'secret_enc'), claimed.secret_enc),
      id: claimed.event_id,
      body: this.cipher.openText(eventPlace(firmId, claimed.event_id), claimed.body_enc),
    };
  }
}
