import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directoryFunction, protectByFirm } from './tenant-table';

/** Firms, their settings and secrets, service keys, console users and their sessions. */
export class FirmsAndAccess0002 implements MigrationInterface {
  readonly name = 'FirmsAndAccess1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table firms (
        firm_id text primary key,
        casehug_firm_id text not null unique,
        name text not null,
        region text not null check (region in ('us', 'au', 'uk')),
        environment text not null check (environment in ('production', 'staging')),
        timezone text not null,
        settings jsonb not null default '{}',
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`);
    await protectByFirm(runner, 'firms');
    await runner.query(`
      create table firm_secrets (
        firm_id text not null references firms,
        name text not null,
        value_enc bytea not null,
        updated_at timestamptz not null,
        primary key (firm_id, name)
      )`);
    await protectByFirm(runner, 'firm_secrets');
    await runner.query(`
      create table api_keys (
        id text primary key,
        firm_id text references firms,
        kind text not null check (kind in ('firm', 'platform')),
        key_hash bytea not null unique,
        scopes text[] not null,
        created_at timestamptz not null,
        revoked_at timestamptz,
        check ((kind = 'firm') = (firm_id is not null))
      )`);
    await protectByFirm(runner, 'api_keys');
    await runner.query(`
      create table users (
        id text primary key,
        firm_id text not null references firms,
        email_hash bytea not null unique,
        email_enc bytea not null,
        role text not null check (role in ('firm_admin', 'support', 'auditor')),
        password_hash text,
        failed_logins int not null default 0,
        locked_until timestamptz,
        created_at timestamptz not null,
        disabled_at timestamptz
      )`);
    await protectByFirm(runner, 'users');
    await runner.query('create index users_firm on users (firm_id)');
    await runner.query(`
      create table sessions (
        token_hash bytea primary key,
        firm_id text not null references firms,
        user_id text not null references users,
        csrf_hash bytea not null,
        created_at timestamptz not null,
        last_seen_at timestamptz not null,
        expires_at timestamptz not null
      )`);
    await protectByFirm(runner, 'sessions');
    await runner.query('create index sessions_user on sessions (user_id)');
    await runner.query(`
      create table invitations (
        token_hash bytea primary key,
        firm_id text not null references firms,
        user_id text not null references users,
        expires_at timestamptz not null,
        used_at timestamptz
      )`);
    await protectByFirm(runner, 'invitations');
    await runner.query(`
      create table idempotency_keys (
        firm_id text not null references firms,
        id text not null,
        body_hash text not null,
        state text not null check (state in ('running', 'done')),
        status int,
        answer_enc bytea,
        claimed_at timestamptz not null,
        primary key (firm_id, id)
      )`);
    await protectByFirm(runner, 'idempotency_keys');
    await runner.query('create index idempotency_keys_age on idempotency_keys (claimed_at)');

    await directoryFunction(
      runner,
      'find_firm(reference text)',
      'table (firm_id text)',
      'select f.firm_id from firms f where f.firm_id = $1 or f.casehug_firm_id = $1',
    );
    await directoryFunction(
      runner,
      'find_api_key(hash bytea)',
      'table (id text, firm_id text, kind text, scopes text[])',
      'select k.id, k.firm_id, k.kind, k.scopes from api_keys k where k.key_hash = $1 and k.revoked_at is null',
    );
    await directoryFunction(
      runner,
      'find_user(hash bytea)',
      'table (id text, firm_id text)',
      'select u.id, u.firm_id from users u where u.email_hash = $1 and u.disabled_at is null',
    );
    await directoryFunction(
      runner,
      'find_session(hash bytea)',
      'table (firm_id text)',
      'select s.firm_id from sessions s where s.token_hash = $1',
    );
    await directoryFunction(
      runner,
      'find_invitation(hash bytea)',
      'table (firm_id text)',
      'select i.firm_id from invitations i where i.token_hash = $1',
    );
    await directoryFunction(
      runner,
      'add_platform_key(key_id text, hash bytea, key_scopes text[], at timestamptz)',
      'table (id text)',
      `insert into api_keys (id, firm_id, kind, key_hash, scopes, created_at)
         select $1, null, 'platform', $2, $3, $4
          where not exists (select from api_keys k where k.kind = 'platform' and k.revoked_at is null);
       select k.id from api_keys k where k.kind = 'platform' and k.revoked_at is null order by k.created_at limit 1`,
    );
    await directoryFunction(
      runner,
      'revoke_api_key(key_id text, at timestamptz)',
      'table (id text, firm_id text)',
      'update api_keys k set revoked_at = coalesce(k.revoked_at, $2) where k.id = $1 returning k.id, k.firm_id',
    );
    await directoryFunction(
      runner,
      'all_firms()',
      'table (firm_id text)',
      'select f.firm_id from firms f order by f.firm_id',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function directory.find_firm, directory.find_api_key, directory.find_user, directory.find_session,
      directory.find_invitation, directory.add_platform_key, directory.revoke_api_key, directory.all_firms`);
    await runner.query('drop table idempotency_keys, invitations, sessions, users, api_keys, firm_secrets, firms');
  }
}
