import type { MatterPut } from '@matterline/contracts';
import { OperationRunner } from '@matterline/sync';
import type { AppUnderTest } from '../../../../config/testing/app-under-test';

type Client = NonNullable<MatterPut['clients']>[number];

export interface OperationSeen {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly error_code: string | null;
}

export interface LinkSeen {
  readonly state: string;
  readonly smokeball_contact_id: string | null;
  readonly how: string | null;
  readonly error_code: string | null;
}

/** A firm whose CaseHug clients are put into Smokeball, one operation at a time, as the test says. */
export class ContactWork {
  private constructor(
    readonly at: AppUnderTest,
    readonly firmId: string,
    readonly apiKey: string,
  ) {}

  static async begin(at: AppUnderTest): Promise<ContactWork> {
    const { firmId, apiKey } = await at.firm();
    await at.connect(firmId);
    return new ContactWork(at, firmId, apiKey);
  }

  /** CaseHug speaks of the client, and the firm has the matter synced. */
  async put(client: Client, matterId = `mat_${client.id}`, more: Partial<MatterPut> = {}): Promise<void> {
    await this.at.put(this.firmId, matterId, { clients: [client], ...more });
    await this.at.app.inject({
      method: 'POST',
      url: '/api/v1/integrations/smokeball/sync',
      headers: { 'x-api-key': this.apiKey },
      payload: { matter_ids: [matterId] },
    });
  }

  /** Runs what is due of the client until nothing is, confirmations too. */
  async settle(clientId: string): Promise<OperationSeen[]> {
    for (let turn = 0; turn < 12; turn += 1) {
      const open = await this.at.database.query<{ id: string }>(
        `select id from operations where firm_id = $1 and entity_id = $2 and state in ('pending', 'running', 'accepted') order by position`,
        [this.firmId, clientId],
      );
      if (open.length === 0) break;
      for (const { id } of open) await this.at.get(OperationRunner).run(this.firmId, id);
      this.at.clock.advance(6_000);
    }
    return await this.operations(clientId);
  }

  async operations(clientId: string): Promise<OperationSeen[]> {
    return await this.at.database.query<OperationSeen>(
      'select id, kind, state, error_code from operations where firm_id = $1 and entity_id = $2 order by position',
      [this.firmId, clientId],
    );
  }

  async link(clientId: string): Promise<LinkSeen | undefined> {
    const [link] = await this.at.database.query<LinkSeen>(
      'select state, smokeball_contact_id, how, error_code from contact_links where firm_id = $1 and client_id = $2',
      [this.firmId, clientId],
    );
    return link;
  }
}
