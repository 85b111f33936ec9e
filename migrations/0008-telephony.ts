import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directoryFunction, protectByFirm } from './tenant-table';

/** PBX tenants, extensions and their pairings, the calls, and the phone index by keyed hash. */
export class Telephony0008 implements MigrationInterface {
  readonly name = 'Telephony1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table pbx_tenants (
        id text primary key,
        firm_id text not null references firms,
        domain text not null,
        aliases text[] not null default '{}',
        key_hash bytea not null,
        next_key_hash bytea,
        config jsonb not null default '{}',
        extensions_known boolean not null default false,
        created_at timestamptz not null,
        unique (firm_id, domain)
      )`);
    await protectByFirm(runner, 'pbx_tenants');
    await runner.query(`
      create table extensions (
        firm_id text not null references firms,
        tenant_id text not null references pbx_tenants,
        extension text not null,
        name_enc bytea,
        email_enc bytea,
        aliases text[] not null default '{}',
        primary key (tenant_id, extension)
      )`);
    await protectByFirm(runner, 'extensions');
    await runner.query(`
      create table pairings (
        firm_id text not null references firms,
        tenant_id text not null references pbx_tenants,
        extension text not null,
        state text not null check (state in ('paired', 'expired', 'revoked')),
        account_id text,
        smokeball_user_id text,
        email_enc bytea,
        access_token_enc bytea,
        refresh_token_enc bytea,
        access_expires_at timestamptz,
        expires_at timestamptz,
        paired_at timestamptz,
        updated_at timestamptz not null,
        primary key (tenant_id, extension)
      )`);
    await protectByFirm(runner, 'pairings');
    await runner.query(`
      create table extension_tokens (
        token_hash bytea primary key,
        firm_id text not null references firms,
        tenant_id text not null references pbx_tenants,
        extension text not null,
        expires_at timestamptz not null
      )`);
    await protectByFirm(runner, 'extension_tokens');
    await runner.query(`
      create table call_answers (
        firm_id text not null references firms,
        id text not null,
        tenant_id text not null,
        extension text not null,
        state text not null,
        event_id text not null,
        answer_enc bytea not null,
        created_at timestamptz not null,
        primary key (firm_id, id)
      )`);
    await protectByFirm(runner, 'call_answers');
    await runner.query('create index call_answers_age on call_answers (created_at)');
    await runner.query(`
      create table pops (
        firm_id text not null references firms,
        position bigint generated always as identity,
        event_id text not null,
        tenant_id text not null,
        extension text not null,
        body_enc bytea not null,
        created_at timestamptz not null,
        primary key (firm_id, position)
      )`);
    await protectByFirm(runner, 'pops');
    await runner.query('create index pops_agent on pops (firm_id, tenant_id, extension, position)');
    await runner.query('create index pops_age on pops (created_at)');
    await runner.query(`
      create table call_records (
        firm_id text not null references firms,
        id text not null,
        tenant_id text not null,
        call_key text not null,
        form text not null check (form in ('webcdr', 'jsons')),
        body_enc bytea not null,
        received_at timestamptz not null,
        primary key (firm_id, id)
      )`);
    await protectByFirm(runner, 'call_records');
    await runner.query('create index call_records_call on call_records (firm_id, call_key)');
    await runner.query(`
      create table phone_contacts (
        firm_id text not null references firms,
        account_id text not null,
        contact_id text not null,
        display_enc bytea,
        version numeric not null,
        read_at timestamptz not null,
        matters_read_at timestamptz,
        primary key (firm_id, account_id, contact_id)
      )`);
    await protectByFirm(runner, 'phone_contacts');
    await runner.query(`
      create table phone_numbers (
        firm_id text not null,
        account_id text not null,
        contact_id text not null,
        number_hash bytea not null,
        matched_on text not null,
        primary key (firm_id, number_hash, account_id, contact_id, matched_on),
        foreign key (firm_id, account_id, contact_id) references phone_contacts on delete cascade
      )`);
    await protectByFirm(runner, 'phone_numbers');
    await runner.query('create index phone_numbers_contact on phone_numbers (firm_id, account_id, contact_id)');
    await runner.query(`
      create table known_matters (
        firm_id text not null references firms,
        account_id text not null,
        smokeball_matter_id text not null,
        display_enc bytea,
        status text not null,
        version numeric not null,
        read_at timestamptz not null,
        primary key (firm_id, account_id, smokeball_matter_id)
      )`);
    await protectByFirm(runner, 'known_matters');
    await runner.query(`
      create table known_matter_contacts (
        firm_id text not null,
        account_id text not null,
        smokeball_matter_id text not null,
        contact_id text not null,
        side text not null check (side in ('client', 'other_side')),
        primary key (firm_id, account_id, contact_id, smokeball_matter_id, side),
        foreign key (firm_id, account_id, smokeball_matter_id) references known_matters on delete cascade
      )`);
    await protectByFirm(runner, 'known_matter_contacts');
    await runner.query(
      'create index known_matter_contacts_matter on known_matter_contacts (firm_id, account_id, smokeball_matter_id)',
    );
    await directoryFunction(
      runner,
      'find_tenant(tenant text)',
      'table (firm_id text, key_hash bytea, next_key_hash bytea)',
      'select t.firm_id, t.key_hash, t.next_key_hash from pbx_tenants t where t.id = $1',
    );
    await directoryFunction(
      runner,
      'find_extension_token(hash bytea)',
      'table (firm_id text, tenant_id text, extension text, expires_at timestamptz)',
      'select t.firm_id, t.tenant_id, t.extension, t.expires_at from extension_tokens t where t.token_hash = $1',
    );
    await directoryFunction(
      runner,
      'forget_calls(answers_before timestamptz, pops_before timestamptz)',
      'void',
      `delete from call_answers where created_at < $1;
       delete from pops where created_at < $2`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function directory.find_tenant, directory.find_extension_token, directory.forget_calls');
    await runner.query(`drop table known_matter_contacts, known_matters, phone_numbers, phone_contacts, call_records, pops, call_answers,
      extension_tokens, pairings, extensions, pbx_tenants`);
  }
}
