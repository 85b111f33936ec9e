import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, type FirmScope } from '@matterline/platform';

export interface AuditEntry {
  /** `key:key_…`, `user:usr_…`, `operator`, `smokeball`, `casehug`, `pbx:pbx_…` or `system`. */
  readonly actor: string;
  /** `room.verb`, e.g. `matter.put`. */
  readonly action: string;
  /** What it was done to, e.g. `matter:mat_1`. */
  readonly subject: string;
  /** Ids, codes, names of changed fields; never client data. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

interface Head {
  readonly position: string;
  readonly hash: Buffer;
}

const GENESIS = Buffer.alloc(32);

/** Hash of one entry over its content and the hash before it (SHA-256 over length-prefixed members). */
export function auditHash(previous: Buffer, members: readonly string[]): Buffer {
  const hash = createHash('sha256').update(previous);
  for (const member of members) hash.update(`${Buffer.byteLength(member)}:${member}`);
  return hash.digest();
}

/** JSON with sorted keys, so that reading an entry back gives the same text that was hashed. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

/** Adds entries to a firm's chain, in the transaction of what they record. */
@Injectable()
export class AuditTrail {
  constructor(private readonly clock: Clock) {}

  /** Call it last in the transaction: it holds the end of the firm's chain until the commit. */
  async record(scope: FirmScope, entry: AuditEntry): Promise<void> {
    await scope.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`audit/${scope.firmId}`]);
    const head = await scope.one<Head>('select position, hash from audit_entries order by position desc limit 1');
    const position = BigInt(head?.position ?? 0) + 1n;
    const previous = head?.hash ?? GENESIS;
    const at = this.clock.now();
    const detail = canonicalJson(entry.detail ?? {});
    const hash = auditHash(previous, [
      scope.firmId,
      String(position),
      at.toISOString(),
      entry.actor,
      entry.action,
      entry.subject,
      detail,
    ]);
    await scope.change(
      `insert into audit_entries (firm_id, position, at, actor, action, subject, detail, previous_hash, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [scope.firmId, String(position), at, entry.actor, entry.action, entry.subject, detail, previous, hash],
    );
  }
}
