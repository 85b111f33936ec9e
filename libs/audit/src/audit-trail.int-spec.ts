import { Database } from '@matterline/platform';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { auditHash, AuditTrail, canonicalJson } from './audit-trail';

interface Entry {
  readonly position: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: unknown;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

/** Positions that do not follow from the entry before, told from the rows alone. */
async function broken(one: AppUnderTest, firmId: string): Promise<number[]> {
  const entries = await one.database.query<Entry>('select * from audit_entries where firm_id = $1 order by position', [
    firmId,
  ]);
  let previous: Buffer = Buffer.alloc(32);
  return entries.flatMap((entry, at) => {
    const members = [
      firmId,
      entry.position,
      entry.at.toISOString(),
      entry.actor,
      entry.action,
      entry.subject,
      canonicalJson(entry.detail),
    ];
    const isGood =
      Number(entry.position) === at + 1 &&
      entry.previous_hash.equals(previous) &&
      entry.hash.equals(auditHash(previous, members));
    previous = entry.hash;
    return isGood ? [] : [Number(entry.position)];
  });
}

describe('the audit record', () => {
  let one: AppUnderTest;
  let two: AppUnderTest;

  beforeAll(async () => {
    one = await startApp();
    two = await startApp({ beside: one });
  });
  afterAll(async () => {
    await two.close();
    await one.close();
  });

  const record = (at: AppUnderTest, firmId: string, subject: string, detail: Record<string, unknown> = {}) =>
    at.inFirm(firmId, (scope) =>
      at.get(AuditTrail).record(scope, { actor: 'key:key_1', action: 'matter.put', subject, detail }),
    );
  /** A firm with an entry of its creation and five more. */
  const firmWithEntries = async () => {
    const { firmId } = await one.firm();
    for (const subject of ['a', 'b', 'c', 'd', 'e']) {
      one.clock.advance(1);
      await record(one, firmId, subject, {
        fields: ['title', 'clients'],
        nested: { z: 1, a: [null, true, 'é'] },
        gone: undefined,
      });
    }
    return firmId;
  };

  it('is whole, and can be recomputed from the rows alone', async () => {
    const firmId = await firmWithEntries();
    expect(await broken(one, firmId)).toEqual([]);
    const [count] = await one.database.query<{ count: number }>(
      'select count(*)::int as count from audit_entries where firm_id = $1',
      [firmId],
    );
    expect(count?.count).toBe(6);
  });

  // What the chain alone cannot show is that its newest entries were cut off; the head has to be kept elsewhere for that.
  it.each<[string, string, number[]]>([
    ['another actor', `update audit_entries set actor = 'operator' where firm_id = $1 and position = 3`, [3]],
    ['another action', `update audit_entries set action = 'matter.get' where firm_id = $1 and position = 3`, [3]],
    ['another subject', `update audit_entries set subject = 'x' where firm_id = $1 and position = 3`, [3]],
    ['another detail', `update audit_entries set detail = '{}' where firm_id = $1 and position = 3`, [3]],
    ['another moment', `update audit_entries set at = at + interval '1 ms' where firm_id = $1 and position = 3`, [3]],
    ['another hash', `update audit_entries set hash = '\\x00' where firm_id = $1 and position = 3`, [3, 4]],
    ['an entry removed from the middle', `delete from audit_entries where firm_id = $1 and position = 3`, [4, 5, 6]],
    ['the first entry removed', `delete from audit_entries where firm_id = $1 and position = 1`, [2, 3, 4, 5, 6]],
    [
      'an entry added at the end',
      `insert into audit_entries select firm_id, 7, at, actor, action, subject, detail, previous_hash, hash from audit_entries where firm_id = $1 and position = 6`,
      [7],
    ],
    [
      'an entry moved to the end',
      `update audit_entries set position = 9 where firm_id = $1 and position = 3`,
      [4, 5, 6, 9],
    ],
  ])('shows %s', async (_name, tamper, at) => {
    const firmId = await firmWithEntries();
    await one.database.query(tamper, [firmId]);
    const found = await broken(one, firmId);
    expect(found.length).toBeGreaterThan(0);
    for (const position of at) expect(found).toContain(position);
  });

  it('stays one chain when many write at once in two processes', async () => {
    const { firmId } = await one.firm();
    await Promise.all(Array.from({ length: 40 }, (_, at) => record(at % 2 === 0 ? one : two, firmId, `matter:${at}`)));
    expect(await broken(one, firmId)).toEqual([]);
  });

  it('takes nothing down of a transaction that fails', async () => {
    const { firmId } = await one.firm();
    const work = one.inFirm(firmId, async (scope) => {
      await one.get(AuditTrail).record(scope, { actor: 'system', action: 'matter.put', subject: 'planted' });
      throw new Error('thought better of it');
    });
    await expect(work).rejects.toThrow('thought better of it');
    await record(one, firmId, 'after');
    expect(await broken(one, firmId)).toEqual([]);
    expect(await one.database.query(`select 1 from audit_entries where subject = 'planted'`)).toEqual([]);
  });

  it('keeps each firm’s chain apart, and no firm reads another’s', async () => {
    const [first, second] = [await firmWithEntries(), await firmWithEntries()];
    expect([await broken(one, first), await broken(one, second)]).toEqual([[], []]);
    const seen = await one
      .get(Database)
      .forFirm(first, (scope) => scope.query<{ firm_id: string }>('select distinct firm_id from audit_entries'));
    expect(seen).toEqual([{ firm_id: first }]);
  });
});
