import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectByFirm } from './tenant-table';

/** What CaseHug has told us: matters, their parties, documents and their bytes; and the links to Smokeball's records. */
export class Intake0005 implements MigrationInterface {
  readonly name = 'Intake1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table matters (
        firm_id text not null references firms,
        matter_id text not null,
        picture_enc bytea not null,
        picture_hash bytea not null,
        source_updated_at timestamptz,
        search bytea[] not null default '{}',
        created_at timestamptz not null,
        updated_at timestamptz not null,
        primary key (firm_id, matter_id)
      )`);
    await protectByFirm(runner, 'matters');
    await runner.query('create index matters_newest on matters (firm_id, created_at desc, matter_id)');
    await runner.query('create index matters_search on matters using gin (search)');
    await runner.query(`
      create table matter_links (
        firm_id text not null,
        matter_id text not null,
        state text not null,
        account_id text,
        smokeball_matter_id text,
        smokeball_number_enc bytea,
        smokeball_status text,
        smokeball_version numeric,
        matter_type_id text,
        matter_type_name text,
        client_role text,
        sent_hash bytea,
        error_code text,
        error_detail_enc bytea,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        primary key (firm_id, matter_id),
        foreign key (firm_id, matter_id) references matters
      )`);
    await protectByFirm(runner, 'matter_links');
    await runner.query('create index matter_links_state on matter_links (firm_id, state)');
    await runner.query('create index matter_links_remote on matter_links (firm_id, smokeball_matter_id)');
    await runner.query(`
      create table parties (
        firm_id text not null references firms,
        client_id text not null,
        party_enc bytea not null,
        party_hash bytea not null,
        updated_at timestamptz not null,
        primary key (firm_id, client_id)
      )`);
    await protectByFirm(runner, 'parties');
    await runner.query(`
      create table matter_parties (
        firm_id text not null,
        matter_id text not null,
        client_id text not null,
        side text not null check (side in ('client', 'other_side')),
        position int not null,
        primary key (firm_id, matter_id, client_id, side),
        foreign key (firm_id, matter_id) references matters,
        foreign key (firm_id, client_id) references parties
      )`);
    await protectByFirm(runner, 'matter_parties');
    await runner.query('create index matter_parties_client on matter_parties (firm_id, client_id)');
    await runner.query(`
      create table contact_links (
        firm_id text not null,
        client_id text not null,
        state text not null,
        account_id text,
        smokeball_contact_id text,
        how text,
        sent_hash bytea,
        error_code text,
        updated_at timestamptz not null,
        primary key (firm_id, client_id),
        foreign key (firm_id, client_id) references parties
      )`);
    await protectByFirm(runner, 'contact_links');
    await runner.query('create index contact_links_remote on contact_links (firm_id, smokeball_contact_id)');
    await runner.query(`
      create table documents (
        firm_id text not null,
        upload_id text not null,
        matter_id text not null,
        document_id text,
        replaces_upload_id text,
        file_name_enc bytea not null,
        folder_enc bytea,
        content_type text not null,
        status text not null,
        state text not null,
        sha256 text not null,
        size_bytes bigint not null,
        store_id text,
        smokeball_file_id text,
        smokeball_version_id text,
        error_code text,
        search bytea[] not null default '{}',
        created_at timestamptz not null,
        updated_at timestamptz not null,
        primary key (firm_id, upload_id),
        foreign key (firm_id, matter_id) references matters
      )`);
    await protectByFirm(runner, 'documents');
    await runner.query('create index documents_matter on documents (firm_id, matter_id, created_at desc)');
    await runner.query('create index documents_slot on documents (firm_id, matter_id, document_id)');
    await runner.query('create index documents_remote on documents (firm_id, smokeball_file_id)');
    await runner.query(`
      create table document_chunks (
        firm_id text not null references firms,
        store_id text not null,
        part int not null,
        bytes_enc bytea not null,
        created_at timestamptz not null,
        primary key (firm_id, store_id, part)
      )`);
    // Encrypted bytes do not compress; EXTERNAL spares PostgreSQL from trying.
    await runner.query('alter table document_chunks alter column bytes_enc set storage external');
    await protectByFirm(runner, 'document_chunks');
    await runner.query('create index document_chunks_age on document_chunks (firm_id, created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table document_chunks, documents, contact_links, matter_parties, parties, matter_links, matters',
    );
  }
}
