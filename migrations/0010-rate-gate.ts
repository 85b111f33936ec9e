import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directoryFunction } from './tenant-table';

const TAKE = 'rate_take(text, text, int, text, float8, boolean, int, float8, float8)';
const RELEASE = 'rate_release(text, int, bigint, text, float8, float8)';

/** What an operation may become from each state. */
const LEGAL: Readonly<Record<string, readonly string[]>> = {
  pending: ['running', 'succeeded', 'failed', 'held', 'cancelled'],
  running: ['pending', 'accepted', 'succeeded', 'failed', 'held'],
  accepted: ['pending', 'succeeded', 'failed', 'held'],
  succeeded: [],
  failed: ['pending'],
  held: ['pending'],
  cancelled: ['pending'],
};

/**
 * The gate's lanes, turns and breaker for all processes together, due work by lane and by firm in turn, and the legal transitions of
 * an operation.
 */
export class RateGate0010 implements MigrationInterface {
  readonly name = 'RateGate1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table rate_gates (
        gate text primary key,
        last_taken_at timestamptz not null default '-infinity',
        slowdown float8 not null default 1,
        limited_at timestamptz not null default '-infinity',
        broken int not null default 0,
        away_since timestamptz,
        away_until timestamptz,
        away_ms float8,
        probed_at timestamptz,
        reopened_at timestamptz
      )`);
    await runner.query(
      `insert into rate_gates (gate, last_taken_at) select distinct gate, clock_timestamp() from rate_slots`,
    );
    await runner.query('alter table rate_slots add column ticket bigint, add column again_at timestamptz');
    await runner.query('create sequence rate_tickets cycle');
    // Who waits where is worth nothing after a crash.
    await runner.query(`
      create unlogged table rate_waits (
        gate text not null,
        asker text not null,
        lane int not null,
        turn timestamptz not null,
        since timestamptz not null,
        seen_at timestamptz not null,
        primary key (gate, asker)
      )`);
    await runner.query(`
      create unlogged table rate_turns (
        gate text not null,
        who text not null,
        served_at timestamptz not null,
        primary key (gate, who)
      )`);
    await runner.query('grant select, insert, update, delete on rate_gates, rate_waits, rate_turns to matterline_app');
    await runner.query('grant usage on sequence rate_tickets to matterline_app');
    await this.take(runner);
    await this.release(runner);

    await runner.query(
      `create index operations_due_in_turn on operations (firm_id, lane, next_attempt_at) where state in ('pending', 'running', 'accepted')`,
    );
    await directoryFunction(
      runner,
      'due_operations(at timestamptz, most int, most_bulk int)',
      'table (firm_id text, id text, lane text)',
      `
      select due.firm_id, due.id, due.lane from (
        select f.firm_id, o.id, l.lane, l.rank, o.next_attempt_at,
               row_number() over (partition by f.firm_id, l.lane order by o.next_attempt_at) as turn
          from firms f
          cross join unnest(array['call', 'person', 'inbound', 'automatic', 'bulk']) with ordinality as l (lane, rank)
          cross join lateral (
            select p.id, p.next_attempt_at from operations p
             where p.firm_id = f.firm_id and p.lane = l.lane and p.state in ('pending', 'running', 'accepted') and p.next_attempt_at <= $1
               and (p.lease_until is null or p.lease_until <= $1)
               and not exists (select from operations e where e.firm_id = p.firm_id and e.subject = p.subject
                 and e.position < p.position and e.state in ('pending', 'running', 'accepted'))
             order by p.next_attempt_at limit case when l.lane = 'bulk' then $3 else $2 end) o) due
       order by due.rank, due.turn, due.next_attempt_at
       limit $2 + $3`,
    );
    await this.followClock(runner);
    await this.afterAway(runner);
    await this.transitions(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger transition on operations');
    await runner.query('drop function operation_transition()');
    await runner.query('drop table operation_transitions');
    await runner.query('drop function directory.follow_clock(timestamptz), directory.due_after_away(timestamptz)');
    await runner.query('drop function directory.due_operations(timestamptz, int, int)');
    await runner.query('drop index operations_due_in_turn');
    await runner.query(`drop function ${TAKE}`);
    await runner.query(`drop function ${RELEASE}`);
    await runner.query('drop table rate_turns, rate_waits, rate_gates');
    await runner.query('drop sequence rate_tickets');
    await runner.query('alter table rate_slots drop column ticket, drop column again_at');
  }

  /** What was written by a clock that has been set back since is due as long from now as it then was from its writing. */
  private async followClock(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function directory.follow_clock(at timestamptz) returns int
        language plpgsql security definer set search_path = public, pg_temp as $directory$
      declare
        future timestamptz := at + interval '1 minute';
        moved int := 0;
        more int;
      begin
        update operations set next_attempt_at = greatest(at, next_attempt_at - (updated_at - at)), updated_at = at
          where state in ('pending', 'running', 'accepted') and next_attempt_at > at and updated_at > future;
        get diagnostics more = row_count; moved := moved + more;
        update events_in set next_attempt_at = at where state in ('pending', 'running') and next_attempt_at > at and received_at > future;
        get diagnostics more = row_count; moved := moved + more;
        update deliveries set next_attempt_at = at where state in ('pending', 'running') and next_attempt_at > at and created_at > future;
        get diagnostics more = row_count; moved := moved + more;
        return moved;
      end $directory$`);
    await runner.query('revoke all on function directory.follow_clock(timestamptz) from public');
    await runner.query('grant execute on function directory.follow_clock(timestamptz) to matterline_app');
  }

  /**
   * What waits because Smokeball did not answer is due as soon as it has answered somebody, and not after a pause of its own. Somebody
   * has to ask for that: when the gate's pause is over, the next one in its subject that waits, and that would ask soonest anyway.
   */
  private async afterAway(runner: QueryRunner): Promise<void> {
    await directoryFunction(
      runner,
      'due_after_away(at timestamptz)',
      'int',
      `
      with gates as (
        select f.firm_id, g.gate, g.away_until, g.reopened_at from firms f
          join rate_gates g on starts_with(g.gate, f.region || '/' || f.environment || '/')),
      waiting as (
        select o.firm_id, o.id, o.next_attempt_at, o.updated_at from operations o
         where o.state = 'pending' and o.error_code = 'smokeball_unavailable' and not exists (
           select from operations e where e.firm_id = o.firm_id and e.subject = o.subject
             and e.position < o.position and e.state in ('pending', 'running', 'accepted'))),
      asks as (
        select distinct on (g.gate) w.id from gates g join waiting w using (firm_id)
         where g.away_until <= $1 order by g.gate, w.next_attempt_at),
      reopened as (
        select w.id from gates g join waiting w using (firm_id)
         where g.away_until is null and w.updated_at < g.reopened_at),
      woken as (
        update operations o set next_attempt_at = $1, updated_at = $1
         where o.id in (
           select l.id from operations l
            where l.state = 'pending' and l.next_attempt_at > $1 and l.id in (select id from asks union select id from reopened)
              for update skip locked)
        returning 1)
      select count(*)::int from woken`,
    );
  }

  private async transitions(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table operation_transitions (before text not null, after text not null, primary key (before, after))',
    );
    await runner.query('grant select on operation_transitions to matterline_app');
    for (const [before, afters] of Object.entries(LEGAL))
      for (const after of afters)
        await runner.query('insert into operation_transitions values ($1, $2)', [before, after]);
    await runner.query(`
      create function operation_transition() returns trigger language plpgsql as $transition$
      begin
        if not exists (select from operation_transitions t where t.before = old.state and t.after = new.state) then
          raise exception 'operation %: % cannot become %', old.id, old.state, new.state using errcode = 'check_violation';
        end if;
        return new;
      end $transition$`);
    await runner.query(`
      create trigger transition before update of state on operations for each row
        when (old.state is distinct from new.state) execute function operation_transition()`);
  }

  /** One question: may the best waiter of this process send now? All clocks are PostgreSQL's. */
  private async take(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function rate_take(the_gate text, the_asker text, the_lane int, the_firm text, waited_ms float8, has_more boolean,
          burst int, period_ms float8, hold_ms float8, out slot int, out ticket bigint, out wait_ms float8, out away_ms float8)
        language plpgsql as $rate$
      declare
        g rate_gates;
        s rate_slots;
        at timestamptz;
        my_turn timestamptz;
        my_since timestamptz;
        back interval;
        period interval;
        is_urgent boolean := the_lane <= 1;
      begin
        select * into g from rate_gates where gate = the_gate for update;
        if not found then
          insert into rate_gates (gate) values (the_gate) on conflict do nothing;
          select * into g from rate_gates where gate = the_gate for update;
        end if;
        at := clock_timestamp();
        -- The clock was set back: all moments that stand here go with it, or nobody is served until it has caught up.
        if g.last_taken_at > at then
          back := g.last_taken_at - at;
          update rate_slots r set free_at = r.free_at - back, again_at = r.again_at - back where r.gate = the_gate;
          update rate_gates r set last_taken_at = at, limited_at = r.limited_at - back, away_since = r.away_since - back,
              away_until = r.away_until - back, probed_at = r.probed_at - back,
              reopened_at = r.reopened_at - back where r.gate = the_gate returning * into g;
          update rate_turns t set served_at = t.served_at - back where t.gate = the_gate;
          delete from rate_waits w where w.gate = the_gate;
        end if;
        period := g.slowdown * period_ms * interval '1 millisecond';
        -- A new slot begins as just used: nobody knows what was sent before.
        if (select count(*) from rate_slots r where r.gate = the_gate and r.slot < burst) < burst then
          insert into rate_slots (gate, slot, free_at) select the_gate, n, at + period from generate_series(0, burst - 1) n on conflict do nothing;
        end if;

        -- Smokeball is away: one call at a time asks whether it is back; a person's or a phone's call asks sooner.
        if g.away_until is not null and at < (case when is_urgent then g.probed_at + interval '1 second' else g.away_until end) then
          delete from rate_waits w where w.gate = the_gate and w.asker = the_asker;
          away_ms := greatest(1, extract(epoch from g.away_until - at) * 1000);
          return;
        end if;

        select t.served_at into my_turn from rate_turns t where t.gate = the_gate and t.who = md5(the_firm);
        my_turn := coalesce(my_turn, '-infinity');
        my_since := at - waited_ms * interval '1 millisecond';
        insert into rate_waits values (the_gate, the_asker, the_lane, my_turn, my_since, at)
          on conflict (gate, asker) do update set lane = excluded.lane, turn = excluded.turn, since = excluded.since, seen_at = excluded.seen_at;

        select * into s from rate_slots r where r.gate = the_gate and r.slot < burst and r.free_at <= at order by r.free_at limit 1;
        if not found then
          select greatest(1, extract(epoch from min(r.free_at) - at) * 1000) into wait_ms from rate_slots r where r.gate = the_gate and r.slot < burst;
          return;
        end if;
        -- Work that nobody waits for is spread over the period, so that a ringing phone soon finds a slot.
        if the_lane >= 3 and g.last_taken_at + 0.95 * period / burst > at then
          wait_ms := greatest(1, extract(epoch from g.last_taken_at + 0.95 * period / burst - at) * 1000);
          return;
        end if;
        -- Somebody better waits in another process: it comes for this slot within moments, or it is dead and forgotten in a second.
        if exists (select from rate_waits w where w.gate = the_gate and w.asker <> the_asker and w.seen_at > at - interval '1 second'
            and (w.lane, w.turn, w.since) < (the_lane, my_turn, my_since)) then
          wait_ms := 10;
          return;
        end if;

        slot := s.slot;
        ticket := nextval('rate_tickets');
        -- In flight it is nobody else's: there are never more calls under way than slots. The hold is for a process that died.
        update rate_slots r set free_at = at + hold_ms * interval '1 millisecond', again_at = at + period, ticket = rate_take.ticket
          where r.gate = the_gate and r.slot = s.slot;
        update rate_gates r set last_taken_at = at, probed_at = case when g.away_until is null then r.probed_at else at end,
            away_until = case when g.away_until is null then null else greatest(g.away_until, at + hold_ms * interval '1 millisecond') end
          where r.gate = the_gate;
        insert into rate_turns values (the_gate, md5(the_firm), at) on conflict (gate, who) do update set served_at = excluded.served_at;
        if not has_more then
          delete from rate_waits w where w.gate = the_gate and w.asker = the_asker;
        end if;
      end $rate$`);
  }

  /** Gives a slot back and learns from how the call went. */
  private async release(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function rate_release(the_gate text, the_slot int, the_ticket bigint, outcome text, late_ms float8, pause_ms float8) returns void
        language plpgsql as $rate$
      declare
        g rate_gates;
        at timestamptz;
      begin
        select * into g from rate_gates where gate = the_gate for update;
        at := clock_timestamp();
        update rate_slots set ticket = null,
            free_at = case when outcome = 'unsent' then at else greatest(at, again_at + late_ms * interval '1 millisecond') end
          where gate = the_gate and slot = the_slot and ticket = the_ticket;

        if outcome in ('answered', 'limited') and (g.broken > 0 or g.away_until is not null) then
          update rate_gates set broken = 0, away_since = null, away_until = null, away_ms = null, probed_at = null,
              reopened_at = case when g.away_until is null then g.reopened_at else at end where gate = the_gate;
        end if;
        if outcome = 'answered' then
          if g.slowdown > 1 and g.limited_at < at - interval '30 seconds' then
            update rate_gates set slowdown = greatest(1, slowdown * 0.97) where gate = the_gate;
          end if;
        elsif outcome = 'unsent' then
          update rate_gates set away_until = at where gate = the_gate and away_until is not null;
        elsif outcome = 'limited' then
          update rate_slots set free_at = greatest(free_at, at + pause_ms * interval '1 millisecond') where gate = the_gate;
          -- Several refusals of one moment are one lesson.
          if g.limited_at < at - interval '1 second' then
            update rate_gates set limited_at = at, slowdown = least(8, slowdown * 1.25) where gate = the_gate;
          end if;
        elsif outcome = 'broken' then
          if g.away_until is not null then
            update rate_gates set broken = broken + 1, away_ms = least(60000, away_ms * 2),
                away_until = at + least(60000, away_ms * 2) * interval '1 millisecond' where gate = the_gate;
          elsif g.broken + 1 >= 5 then
            update rate_gates set broken = broken + 1, away_since = at, probed_at = at, away_ms = 2000, away_until = at + interval '2 seconds'
              where gate = the_gate;
          else
            update rate_gates set broken = broken + 1 where gate = the_gate;
          end if;
        end if;
      end $rate$`);
  }
}
