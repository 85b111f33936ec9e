import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The role the application takes, the tables that hold no firm's data, and the schema of the narrow doors. */
export class RolesAndKeys0001 implements MigrationInterface {
  readonly name = 'RolesAndKeys1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    // Roles belong to the whole server, and two databases of one server may be migrated at the same moment.
    await runner.query(`
      do $$ begin
        if not exists (select from pg_roles where rolname = 'matterline_app') then create role matterline_app nologin; end if;
      exception when duplicate_object or unique_violation then null;
      end $$`);
    await runner.query(`
      do $$ begin
        if not pg_has_role(current_user, 'matterline_app', 'member') then execute format('grant matterline_app to %I', current_user); end if;
      end $$`);
    await runner.query('grant usage on schema public to matterline_app');
    await runner.query('create schema directory');
    await runner.query('grant usage on schema directory to matterline_app');
    await runner.query(`
      create table data_keys (
        purpose text not null check (purpose in ('data', 'index')),
        version int not null,
        wrapped bytea not null,
        created_at timestamptz not null default now(),
        primary key (purpose, version)
      )`);
    await runner.query('grant select, insert on data_keys to matterline_app');
    await runner.query('create sequence process_numbers as int cycle');
    await runner.query('grant usage on sequence process_numbers to matterline_app');
    await runner.query(`
      create table rate_slots (
        gate text not null,
        slot int not null,
        free_at timestamptz not null,
        primary key (gate, slot)
      )`);
    await runner.query('grant select, insert, update, delete on rate_slots to matterline_app');
    await runner.query(`
      create table matter_type_catalogues (
        region text not null,
        environment text not null,
        location text not null,
        types jsonb not null,
        fetched_at timestamptz not null,
        primary key (region, environment, location)
      )`);
    await runner.query('grant select, insert, update, delete on matter_type_catalogues to matterline_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table matter_type_catalogues, rate_slots, data_keys');
    await runner.query('drop sequence process_numbers');
    await runner.query('drop schema directory');
    await runner.query('revoke usage on schema public from matterline_app');
  }
}
