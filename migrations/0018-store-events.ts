import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directoryFunction } from './tenant-table';

/** Deliveries that arrive together, of whichever firms, become rows by one statement. It adds events of Smokeball's and does nothing else. */
export class StoreEvents0018 implements MigrationInterface {
  readonly name = 'StoreEvents1764000000018';

  async up(runner: QueryRunner): Promise<void> {
    await directoryFunction(
      runner,
      `store_events(ids text[], firm_ids text[], dedupe_keys bytea[], types text[], resource_ids text[], request_ids text[],
        bodies bytea[], notes text[], received timestamptz[])`,
      'table (id text)',
      // In the order of the keys: two processes that store the same events never wait for each other crosswise.
      `insert into events_in (id, firm_id, source, dedupe_key, type, resource_id, request_id, body_enc, state, note, received_at,
           next_attempt_at, finished_at)
         select e.id, e.firm_id, 'smokeball', e.dedupe_key, e.type, e.resource_id, e.request_id, e.body,
             case when e.note is null then 'pending' else 'ignored' end, e.note, e.received,
             case when e.note is null then e.received end, case when e.note is null then null else e.received end
           from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
             as e (id, firm_id, dedupe_key, type, resource_id, request_id, body, note, received)
           order by e.firm_id, e.dedupe_key
         on conflict do nothing
         returning events_in.id`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function directory.store_events');
  }
}
