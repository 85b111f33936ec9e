import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directoryFunction, protectByFirm } from './tenant-table';

/** At most so many at one address at once; also in libs/webhooks/src/outgoing/endpoint-health.ts. */
const AT_ONCE = 6;

const DELIVERIES_BEFORE = `
  update deliveries set next_attempt_at = at where state in ('pending', 'running') and next_attempt_at > at and created_at > future;
  get diagnostics more = row_count; moved := moved + more;`;

const DELIVERIES_NOW = `
  update deliveries set next_attempt_at = greatest(at, next_attempt_at - (updated_at - at)),
      first_tried_at = first_tried_at - (updated_at - at), updated_at = at
    where state in ('pending', 'running') and next_attempt_at > at and updated_at > future;
  get diagnostics more = row_count; moved := moved + more;
  update webhook_endpoints set not_before = greatest(at, not_before - (updated_at - at)),
      failing_since = failing_since - (updated_at - at), updated_at = at
    where not_before > at and updated_at > future;
  get diagnostics more = row_count; moved := moved + more;`;

/** What was tried for each delivery, addresses that are paused, and due deliveries by address in turn. */
export class DeliveryAttempts0015 implements MigrationInterface {
  readonly name = 'DeliveryAttempts1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table webhook_endpoints
        add column state text not null default 'active' check (state in ('active', 'paused', 'disabled')),
        add column failures int not null default 0,
        add column failing_since timestamptz,
        add column paused_since timestamptz,
        add column probes int not null default 0,
        add column not_before timestamptz,
        add column last_error text,
        add column updated_at timestamptz not null default now()`);
    await runner.query(`
      alter table deliveries
        add column attempts_before int not null default 0,
        add column replayed_at timestamptz,
        add column updated_at timestamptz not null default now()`);
    await runner.query(`
      create table delivery_attempts (
        delivery_id text not null references deliveries on delete cascade,
        firm_id text not null references firms,
        number int not null,
        started_at timestamptz not null,
        duration_ms int,
        status int,
        error text,
        primary key (delivery_id, number)
      )`);
    await protectByFirm(runner, 'delivery_attempts');
    await runner.query(
      `create index deliveries_due_at on deliveries (endpoint_id, next_attempt_at, position) where state in ('pending', 'running')`,
    );
    await runner.query(`create index deliveries_in_flight on deliveries (endpoint_id) where state = 'running'`);
    await runner.query(`create index deliveries_held on deliveries (endpoint_id, position) where state = 'held'`);
    await this.dueDeliveries(runner);
    await this.followClock(runner, DELIVERIES_NOW);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.followClock(runner, DELIVERIES_BEFORE);
    await runner.query('drop function directory.due_deliveries(timestamptz, int)');
    await runner.query('drop index deliveries_due_at, deliveries_in_flight, deliveries_held');
    await runner.query('drop table delivery_attempts');
    await runner.query(
      'alter table deliveries drop column attempts_before, drop column replayed_at, drop column updated_at',
    );
    await runner.query(`
      alter table webhook_endpoints drop column state, drop column failures, drop column failing_since, drop column paused_since,
        drop column probes, drop column not_before, drop column last_error, drop column updated_at`);
  }

  /** Of each address a few, in turn: what waits for one that is dead takes no other's place. */
  private async dueDeliveries(runner: QueryRunner): Promise<void> {
    await directoryFunction(
      runner,
      'due_deliveries(at timestamptz, most int)',
      'table (firm_id text, id text)',
      `
      select due.firm_id, due.id from (
        select p.firm_id, d.id, d.next_attempt_at, d.position,
               row_number() over (partition by p.id order by d.next_attempt_at, d.position) as turn
          from (
            select e.id, e.firm_id, case when e.failures > 0 and e.deleted_at is null then 1 else ${AT_ONCE} end - (
              select count(*) from deliveries r where r.endpoint_id = e.id and r.state = 'running' and r.lease_until > $1) as room
              from webhook_endpoints e
             where e.deleted_at is not null or e.not_before is null or e.not_before <= $1) p
          cross join lateral (
            select q.id, q.next_attempt_at, q.position from deliveries q
             where q.endpoint_id = p.id and q.state in ('pending', 'running') and q.next_attempt_at <= $1
               and (q.lease_until is null or q.lease_until <= $1)
               and (q.matter_id is null or not exists (select from deliveries b where b.firm_id = q.firm_id
                 and b.endpoint_id = q.endpoint_id and b.matter_id = q.matter_id and b.position < q.position
                 and b.state in ('pending', 'running')))
             order by q.next_attempt_at, q.position limit greatest(0, least($2, p.room))) d
         where p.room > 0) due
       order by due.turn, due.next_attempt_at, due.position
       limit $2`,
    );
  }

  /** What was written by a clock that has been set back since is due as long from now as it then was from its writing. */
  private async followClock(runner: QueryRunner, deliveries: string): Promise<void> {
    await runner.query(`
      create or replace function directory.follow_clock(at timestamptz) returns int
        language plpgsql security definer set search_path = public, pg_temp as $directory$
      declare
        future timestamptz := at + interval '1 minute';
        moved int := 0;
        more int;
      begin
        update operations set next_attempt_at = greatest(at, next_attempt_at - (updated_at - at)), updated_at = at
          where state in ('pending', 'running', 'accepted') and next_attempt_at > at and updated_at > future;
        get diagnostics more = row_count; moved := moved + more;
        -- No event waits longer than a quarter of an hour.
        update events_in set next_attempt_at = at where state in ('pending', 'running') and next_attempt_at > at + interval '20 minutes';
        get diagnostics more = row_count; moved := moved + more;
        ${deliveries}
        return moved;
      end $directory$`);
  }
}
