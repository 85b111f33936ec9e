import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directoryFunction, protectByFirm } from './tenant-table';

/** A firm's standing grant at Smokeball, its webhook registration, and the one-time states of the sign-ins under way. */
export class Connections0004 implements MigrationInterface {
  readonly name = 'Connections1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table connections (
        firm_id text primary key references firms,
        state text not null check (state in ('connected', 'needs_reauth', 'disconnected')),
        account_id text,
        firm_name text,
        access_token_enc bytea,
        refresh_token_enc bytea,
        access_expires_at timestamptz,
        refresh_expires_at timestamptz,
        scopes text[] not null default '{}',
        connected_by text,
        connected_at timestamptz,
        updated_at timestamptz not null,
        hook_id text not null unique,
        hook_key_enc bytea,
        subscription_id text,
        hook_state text not null check (hook_state in ('active', 'missing', 'pending', 'disabled')),
        hook_checked_at timestamptz,
        last_event_at timestamptz
      )`);
    await protectByFirm(runner, 'connections');
    await runner.query(`
      create table oauth_states (
        state_hash bytea primary key,
        firm_id text not null references firms,
        purpose text not null check (purpose in ('connection', 'pairing')),
        verifier_enc bytea not null,
        user_id text,
        tenant_id text,
        extension text,
        created_at timestamptz not null,
        used_at timestamptz
      )`);
    await protectByFirm(runner, 'oauth_states');
    await runner.query('create index oauth_states_age on oauth_states (created_at)');
    await directoryFunction(
      runner,
      'find_oauth_state(hash bytea)',
      'table (firm_id text)',
      'select s.firm_id from oauth_states s where s.state_hash = $1',
    );
    await directoryFunction(
      runner,
      'find_hook(id text)',
      'table (firm_id text)',
      'select c.firm_id from connections c where c.hook_id = $1',
    );
    await directoryFunction(
      runner,
      'connected_firms()',
      'table (firm_id text)',
      `select c.firm_id from connections c where c.state = 'connected' order by c.firm_id`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function directory.find_oauth_state, directory.find_hook, directory.connected_firms');
    await runner.query('drop table oauth_states, connections');
  }
}
