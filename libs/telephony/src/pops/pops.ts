import type { CallAnswer } from '@matterline/contracts';
import { Injectable } from '@nestjs/common';
import { Database, FieldCipher, ProcessLink } from '@matterline/platform';
import { filter, map, type Observable, Subject } from 'rxjs';
import { popPlace } from './pop-place';
import { POPS_CHANNEL } from './pops-channel';

export interface Agent {
  readonly firmId: string;
  readonly tenantId: string;
  readonly extension: string;
}

export interface Pop {
  readonly position: bigint;
  readonly answer: CallAnswer;
}

interface Notice extends Agent {
  readonly position: number | string;
}

interface PopRow {
  readonly position: string;
  readonly event_id: string;
  readonly body_enc: Buffer;
}

/** What an agent who was away for long still gets to see. */
const CATCH_UP_MAX = 50;

/** Pops are rows: an event at one process reaches the agent at another, and an agent who was away catches up. */
@Injectable()
export class Pops {
  private readonly notices = new Subject<Notice>();

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    link: ProcessLink,
  ) {
    link.listen(POPS_CHANNEL, (payload) => this.notices.next(JSON.parse(payload) as Notice));
  }

  /** Positions of new pops of this agent, from every process. */
  of(agent: Agent): Observable<bigint> {
    return this.notices.pipe(
      filter(
        (notice) =>
          notice.tenantId === agent.tenantId && notice.extension === agent.extension && notice.firmId === agent.firmId,
      ),
      map((notice) => BigInt(notice.position)),
    );
  }

  async at(agent: Agent, position: bigint): Promise<Pop | null> {
    const [pop] = await this.read(agent, 'position = $3', position);
    return pop ?? null;
  }

  /** The newest pops after a position, oldest first. */
  async after(agent: Agent, position: bigint): Promise<Pop[]> {
    return (await this.read(agent, 'position > $3', position)).reverse();
  }

  private async read(agent: Agent, where: 'position = $3' | 'position > $3', position: bigint): Promise<Pop[]> {
    const rows = await this.database.forFirm(agent.firmId, (scope) =>
      scope.query<PopRow>(
        `select position::text, event_id, body_enc from pops
          where tenant_id = $1 and extension = $2 and ${where} order by position desc limit ${CATCH_UP_MAX}`,
        [agent.tenantId, agent.extension, String(position)],
      ),
    );
    return rows.map((row) => ({
      position: BigInt(row.position),
      answer: this.cipher.openJson<CallAnswer>(popPlace(agent.firmId, row.event_id), row.body_enc),
    }));
  }
}
