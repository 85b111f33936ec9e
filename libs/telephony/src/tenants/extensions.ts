import { Injectable } from '@nestjs/common';
import type { ExtensionCounts } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { ApiError, Database, faultsOf, FieldCipher, type FirmScope } from '@matterline/platform';
import { z } from 'zod';
import { badRequest } from './pbx-body';

const LIST_MAX = 10_000;
// No control characters, nothing that a path or a SIP address would have to escape.
export const EXTENSION = /^[\p{L}\p{N}_.+*#-]{1,64}$/u;

const name = z.union([z.string(), z.number()]).transform((value) => String(value).trim());
const extensionText = name.refine((value) => EXTENSION.test(value), 'must be an extension');

const listSchema = z
  .array(
    z.object({
      extension: extensionText,
      name: z.string().max(200).nullish(),
      email: z.string().trim().max(254).nullish(),
      aliases: z.array(extensionText).max(100).nullish(),
    }),
  )
  .max(LIST_MAX);

/** A tenant's extensions as its PBX lists them: whom a call can ring, and whose e-mail a pairing must fit. */
@Injectable()
export class Extensions {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly audit: AuditTrail,
  ) {}

  /** Replaces the whole list. @throws ApiError `bad_request` naming every wrong field */
  async replace(firmId: string, tenantId: string, body: unknown): Promise<ExtensionCounts> {
    const parsed = listSchema.safeParse(body);
    if (!parsed.success) throw badRequest(faultsOf(parsed.error));
    const given = new Map(parsed.data.map((one) => [one.extension, one]));
    if (given.size < parsed.data.length) {
      const at = parsed.data.findIndex(
        (one, index) => parsed.data.findIndex((other) => other.extension === one.extension) < index,
      );
      throw badRequest([{ field: `[${at}].extension`, message: 'is listed twice' }]);
    }
    return await this.database.forFirm(firmId, async (scope) => {
      await scope.query('select 1 from pbx_tenants where id = $1 for update', [tenantId]);
      const known = await scope.query<{ extension: string }>('select extension from extensions where tenant_id = $1', [
        tenantId,
      ]);
      const before = new Set(known.map((row) => row.extension));
      await scope.change('delete from extensions where tenant_id = $1', [tenantId]);
      await this.insert(scope, tenantId, [...given.values()]);
      await scope.change('update pbx_tenants set extensions_known = true where id = $1', [tenantId]);
      const kept = [...given.keys()].filter((extension) => before.has(extension)).length;
      const counts = { total: given.size, added: given.size - kept, updated: kept, removed: before.size - kept };
      await this.audit.record(scope, {
        actor: `pbx:${tenantId}`,
        action: 'pbx.extensions',
        subject: `pbx:${tenantId}`,
        detail: counts,
      });
      return counts;
    });
  }

  /** The e-mail that the PBX holds for an extension, or null. */
  async email(scope: FirmScope, tenantId: string, extension: string): Promise<string | null> {
    const row = await scope.one<{ email_enc: Buffer | null }>(
      'select email_enc from extensions where tenant_id = $1 and extension = $2',
      [tenantId, extension],
    );
    if (!row?.email_enc) return null;
    return this.cipher.openText(extensionPlace(scope.firmId, tenantId, extension, 'email_enc'), row.email_enc) || null;
  }

  /** @throws ApiError `unknown_extension` once the PBX has sent a list that lacks it */
  async requireKnown(scope: FirmScope, tenantId: string, extension: string): Promise<void> {
    const row = EXTENSION.test(extension)
      ? await scope.one<{ known: boolean }>(
          `select not t.extensions_known or exists (select from extensions e where e.tenant_id = t.id and e.extension = $2) as known
             from pbx_tenants t where t.id = $1`,
          [tenantId, extension],
        )
      : null;
    if (!row?.known) throw new ApiError('unknown_extension', 'The PBX has no such extension.', { field: 'extension' });
  }

  /** The first of these that is an extension or alias of the tenant, under its extension's name; null when none is. */
  async firstListed(firmId: string, tenantId: string, users: readonly string[]): Promise<string | null> {
    const row = await this.database.forFirm(firmId, (scope) =>
      scope.one<{ extension: string }>(
        `select e.extension from unnest($2::text[]) with ordinality as given (name, place)
           join extensions e on e.tenant_id = $1 and (e.extension = given.name or given.name = any(e.aliases))
          order by given.place limit 1`,
        [tenantId, users],
      ),
    );
    return row?.extension ?? null;
  }

  private async insert(scope: FirmScope, tenantId: string, list: z.output<typeof listSchema>): Promise<void> {
    for (const { extension, name: shown, email, aliases } of list) {
      const seal = (column: string, text: string | null | undefined) =>
        text ? this.cipher.sealText(extensionPlace(scope.firmId, tenantId, extension, column), text) : null;
      await scope.change(
        `insert into extensions (firm_id, tenant_id, extension, name_enc, email_enc, aliases) values ($1, $2, $3, $4, $5, $6)`,
        [scope.firmId, tenantId, extension, seal('name_enc', shown), seal('email_enc', email), aliases ?? []],
      );
    }
  }
}

export const extensionPlace = (firmId: string, tenantId: string, extension: string, column: string) => ({
  firmId,
  field: `extensions.${column}`,
  rowId: `${tenantId}/${extension}`,
});
