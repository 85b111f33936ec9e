import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directoryFunction, protectByFirm } from './tenant-table';

/** The inbox from Smokeball and CaseHug, the events we tell CaseHug, and the one door through which due work is found. */
export class Events0007 implements MigrationInterface {
  readonly name = 'Events1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table events_in (
        id text primary key,
        firm_id text not null references firms,
        source text not null check (source in ('smokeball', 'casehug')),
        dedupe_key bytea not null,
        type text not null,
        resource_id text,
        matter_id text,
        request_id text,
        body_enc bytea not null,
        state text not null check (state in ('pending', 'running', 'done', 'ignored', 'failed')),
        note text,
        attempts int not null default 0,
        received_at timestamptz not null,
        next_attempt_at timestamptz,
        finished_at timestamptz,
        holder int,
        lease_until timestamptz,
        unique (firm_id, dedupe_key)
      )`);
    await protectByFirm(runner, 'events_in');
    await runner.query(
      `create index events_in_due on events_in (next_attempt_at) where state in ('pending', 'running')`,
    );
    await runner.query('create index events_in_newest on events_in (firm_id, received_at desc)');
    await runner.query(`
      create table webhook_endpoints (
        id text primary key,
        firm_id text not null references firms,
        url_enc bytea not null,
        url_hash bytea not null,
        events text[] not null,
        description text,
        secret_enc bytea not null,
        created_at timestamptz not null,
        deleted_at timestamptz
      )`);
    await protectByFirm(runner, 'webhook_endpoints');
    await runner.query(`
      create table events_out (
        id text primary key,
        firm_id text not null references firms,
        position bigint generated always as identity,
        type text not null,
        matter_id text,
        dedupe_key text not null,
        body_enc bytea not null,
        created_at timestamptz not null,
        unique (firm_id, dedupe_key)
      )`);
    await protectByFirm(runner, 'events_out');
    await runner.query('create index events_out_newest on events_out (firm_id, created_at desc)');
    await runner.query(`
      create table deliveries (
        id text primary key,
        firm_id text not null references firms,
        event_id text not null references events_out,
        endpoint_id text not null references webhook_endpoints,
        position bigint not null,
        matter_id text,
        state text not null check (state in ('pending', 'running', 'delivered', 'held', 'cancelled')),
        attempts int not null default 0,
        last_status int,
        last_error text,
        created_at timestamptz not null,
        first_tried_at timestamptz,
        next_attempt_at timestamptz,
        finished_at timestamptz,
        holder int,
        lease_until timestamptz
      )`);
    await protectByFirm(runner, 'deliveries');
    await runner.query(
      `create index deliveries_due on deliveries (next_attempt_at) where state in ('pending', 'running')`,
    );
    await runner.query(
      `create index deliveries_order on deliveries (firm_id, endpoint_id, matter_id, position) where state in ('pending', 'running')`,
    );
    await runner.query('create index deliveries_event on deliveries (event_id)');

    await directoryFunction(
      runner,
      'due_work(topic text, at timestamptz, most int)',
      'table (firm_id text, id text)',
      `
      (select o.firm_id, o.id from operations o
        where $1 = 'operation' and o.state in ('pending', 'running', 'accepted') and o.next_attempt_at <= $2
          and (o.lease_until is null or o.lease_until <= $2)
          and not exists (select from operations e where e.firm_id = o.firm_id and e.subject = o.subject
            and e.position < o.position and e.state in ('pending', 'running', 'accepted'))
        order by o.next_attempt_at limit $3)
      union all
      (select e.firm_id, e.id from events_in e
        where $1 = 'event_in' and e.state in ('pending', 'running') and e.next_attempt_at <= $2
          and (e.lease_until is null or e.lease_until <= $2)
        order by e.next_attempt_at limit $3)
      union all
      (select d.firm_id, d.id from deliveries d
        where $1 = 'delivery' and d.state in ('pending', 'running') and d.next_attempt_at <= $2
          and (d.lease_until is null or d.lease_until <= $2)
          and (d.matter_id is null or not exists (select from deliveries e where e.firm_id = d.firm_id
            and e.endpoint_id = d.endpoint_id and e.matter_id = d.matter_id and e.position < d.position
            and e.state in ('pending', 'running')))
        order by d.next_attempt_at limit $3)`,
    );

    // A process that died has let go of its advisory lock; whatever it held is free at once instead of after its lease.
    await runner.query(`
      create function directory.release_dead_leases(lock_class int, at timestamptz) returns int
        language plpgsql security definer set search_path = public, pg_temp as $directory$
      declare
        living int[];
        freed int := 0;
        more int;
      begin
        select coalesce(array_agg(l.objid::bigint::int), '{}') into living from pg_locks l
          where l.locktype = 'advisory' and l.classid = lock_class and l.objsubid = 2 and l.granted
            and l.database = (select d.oid from pg_database d where d.datname = current_database());
        update operations set lease_until = null, holder = null, next_attempt_at = least(next_attempt_at, at)
          where state in ('running', 'accepted') and holder is not null and not holder = any (living);
        get diagnostics more = row_count; freed := freed + more;
        update events_in set lease_until = null, holder = null where state = 'running' and holder is not null and not holder = any (living);
        get diagnostics more = row_count; freed := freed + more;
        update deliveries set lease_until = null, holder = null where state = 'running' and holder is not null and not holder = any (living);
        get diagnostics more = row_count; freed := freed + more;
        return freed;
      end $directory$`);
    await runner.query('revoke all on function directory.release_dead_leases(int, timestamptz) from public');
    await runner.query('grant execute on function directory.release_dead_leases(int, timestamptz) to matterline_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function directory.release_dead_leases, directory.due_work');
    await runner.query('drop table deliveries, events_out, webhook_endpoints, events_in');
  }
}
