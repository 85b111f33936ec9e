import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directoryFunction, protectByFirm } from './tenant-table';

/** Failures by their cause, and the alerts that tell of them. */
export class Issues0014 implements MigrationInterface {
  readonly name = 'Issues1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await this.issues(runner);
    await this.alerts(runner);
    await this.doors(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop function directory.unsettled_issues(), directory.unlisted_failures(), directory.due_alerts(timestamptz, int), directory.digest_firms()',
    );
    await runner.query('drop table alerts, alert_settings, issue_members, issues');
    await runner.query('drop index deliveries_held_of_firm');
  }

  private async issues(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table issues (
        id text primary key,
        firm_id text not null references firms,
        cause_hash bytea not null,
        code text not null,
        shown_enc bytea not null,
        search bytea[] not null default '{}',
        status text not null check (status in ('open', 'acknowledged', 'resolved', 'ignored')),
        owner_id text references users,
        first_seen_at timestamptz not null,
        last_seen_at timestamptz not null,
        resolved_at timestamptz,
        resolved_by text,
        unique (firm_id, cause_hash)
      )`);
    await protectByFirm(runner, 'issues');
    await runner.query('create index issues_newest on issues (firm_id, status, last_seen_at desc, id)');
    await runner.query(`create index issues_standing on issues (id, firm_id) where status in ('open', 'acknowledged')`);
    await runner.query('create index issues_search on issues using gin (search)');
    // One row for everything that ever belonged to an issue; what stands now is one count in an index.
    await runner.query(`
      create table issue_members (
        firm_id text not null references firms,
        issue_id text not null references issues,
        subject_type text not null check (subject_type in ('operation', 'delivery', 'connection', 'subscription')),
        subject_id text not null,
        matter_id text,
        state text not null check (state in ('open', 'retrying', 'gone')),
        at timestamptz not null,
        primary key (issue_id, subject_type, subject_id)
      )`);
    await protectByFirm(runner, 'issue_members');
    await runner.query('create index issue_members_counts on issue_members (issue_id, state, matter_id)');
    await runner.query('create index issue_members_newest on issue_members (issue_id, at desc)');
    await runner.query('create index issue_members_subject on issue_members (firm_id, subject_type, subject_id)');
    await runner.query(`create index deliveries_held_of_firm on deliveries (firm_id, id) where state = 'held'`);
  }

  private async alerts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table alert_settings (
        firm_id text primary key references firms,
        settings_enc bytea not null,
        has_digest boolean not null,
        digest_day date,
        updated_at timestamptz not null
      )`);
    await protectByFirm(runner, 'alert_settings');
    await runner.query(`
      create table alerts (
        id text primary key,
        firm_id text not null references firms,
        position bigint generated always as identity,
        kind text not null check (kind in ('change', 'digest')),
        target_kind text not null check (target_kind in ('email', 'slack')),
        target_enc bytea not null,
        target_hash bytea not null,
        issue_id text references issues,
        body jsonb not null,
        is_kept boolean not null,
        state text not null check (state in ('pending', 'running', 'sent', 'failed')),
        attempts int not null default 0,
        last_error text,
        created_at timestamptz not null,
        first_tried_at timestamptz,
        next_attempt_at timestamptz,
        finished_at timestamptz,
        holder int,
        lease_until timestamptz
      )`);
    await protectByFirm(runner, 'alerts');
    await runner.query(`create index alerts_due on alerts (next_attempt_at) where state in ('pending', 'running')`);
    await runner.query('create index alerts_issue on alerts (issue_id)');
  }

  private async doors(runner: QueryRunner): Promise<void> {
    await directoryFunction(
      runner,
      'unsettled_issues()',
      'table (firm_id text)',
      `
      select i.firm_id from issues i where i.status in ('open', 'acknowledged')
        and not exists (select from issue_members m where m.issue_id = i.id and m.state in ('open', 'retrying'))
      union select i.firm_id from issues i where i.status = 'resolved'
        and exists (select from issue_members m where m.issue_id = i.id and m.state = 'open')
      union select c.firm_id from connections c where (c.state = 'needs_reauth') <> exists (
        select from issue_members m where m.firm_id = c.firm_id and m.subject_type = 'connection' and m.state = 'open')
      union select c.firm_id from connections c where (c.state = 'connected' and c.hook_state = 'missing') <> exists (
        select from issue_members m where m.firm_id = c.firm_id and m.subject_type = 'subscription' and m.state = 'open')
      union select m.firm_id from issue_members m join deliveries d on d.id = m.subject_id
        where m.subject_type = 'delivery' and m.state <> 'gone' and d.state <> 'held'
      union select d.firm_id from deliveries d where d.state = 'held' and not exists (
        select from issue_members m where m.firm_id = d.firm_id and m.subject_type = 'delivery' and m.subject_id = d.id
          and (m.state <> 'gone' or m.at >= d.finished_at))`,
    );
    await directoryFunction(
      runner,
      'unlisted_failures()',
      'table (firm_id text)',
      `
      select distinct o.firm_id from operations o where o.state in ('failed', 'held') and o.error_code is not null
        and not exists (select from issue_members m where m.firm_id = o.firm_id and m.subject_type = 'operation' and m.subject_id = o.id)`,
    );
    await directoryFunction(
      runner,
      'due_alerts(at timestamptz, most int)',
      'table (firm_id text, id text)',
      `
      select a.firm_id, a.id from alerts a where a.state in ('pending', 'running') and a.next_attempt_at <= $1
        and (a.lease_until is null or a.lease_until <= $1) order by a.next_attempt_at, a.position limit $2`,
    );
    await directoryFunction(
      runner,
      'digest_firms()',
      'table (firm_id text)',
      'select s.firm_id from alert_settings s where s.has_digest',
    );
  }
}
