import { Injectable } from '@nestjs/common';
import {
  type FirmSettings,
  firmSettingsSchema,
  SECRET_SETTINGS,
  type SecretSetting,
  SCOPES,
} from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import {
  ApiError,
  Clock,
  Database,
  FieldCipher,
  faultsOf,
  type FirmScope,
  newId,
  newSecret,
} from '@matterline/platform';
import type { Environment, Region } from '@matterline/smokeball-client';
import { z } from 'zod';
import { ApiKeys } from '../keys/api-keys';

export interface Firm {
  readonly id: string;
  readonly caseHugFirmId: string;
  readonly name: string;
  readonly region: Region;
  readonly environment: Environment;
  readonly timezone: string;
  readonly settings: FirmSettings;
}

export interface NewFirm {
  readonly name: string;
  readonly caseHugFirmId: string;
  readonly region: Region;
  readonly environment: Environment;
  readonly timezone: string;
}

interface FirmRow {
  readonly firm_id: string;
  readonly casehug_firm_id: string;
  readonly name: string;
  readonly region: Region;
  readonly environment: Environment;
  readonly timezone: string;
  readonly settings: unknown;
}

export type FirmSecret = SecretSetting | 'casehug_webhook_secret';

const isSecretSetting = (key: string): key is SecretSetting => (SECRET_SETTINGS as readonly string[]).includes(key);
const secretValueSchema = z
  .string()
  .max(4000)
  .regex(/^\P{Cc}*$/u)
  .nullable();

/** The firms, their settings and their secrets. Settings are read anew each time, so a change holds everywhere at once. */
@Injectable()
export class Firms {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly keys: ApiKeys,
  ) {}

  /** Idempotent by CaseHug's firm id: secrets come back only the first time. */
  async create(firm: NewFirm): Promise<{ firmId: string; apiKey: string | null; webhookSecret: string | null }> {
    const known = await this.find(firm.caseHugFirmId);
    if (known) return { firmId: known, apiKey: null, webhookSecret: null };
    const id = newId('frm');
    const now = this.clock.now();
    const webhookSecret = newSecret('whsec_');
    return await this.database.forFirm(id, async (scope) => {
      await scope.change(
        `insert into firms (firm_id, casehug_firm_id, name, region, environment, timezone, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)`,
        [id, firm.caseHugFirmId, firm.name, firm.region, firm.environment, firm.timezone, now],
      );
      const { apiKey } = await this.keys.add(scope, SCOPES);
      await this.putSecret(scope, 'casehug_webhook_secret', webhookSecret);
      await this.audit.record(scope, {
        actor: 'operator',
        action: 'firm.create',
        subject: `firm:${id}`,
        detail: { region: firm.region, environment: firm.environment },
      });
      return { firmId: id, apiKey, webhookSecret };
    });
  }

  /** Our firm id, found by ours or by CaseHug's. */
  async find(reference: string): Promise<string | null> {
    const [found] = await this.database.directory<{ firm_id: string }>('find_firm($1)', [reference]);
    return found?.firm_id ?? null;
  }

  async get(firmId: string): Promise<Firm> {
    return await this.database.forFirm(firmId, (scope) => this.read(scope));
  }

  /** The scope's own firm. */
  async read(scope: FirmScope): Promise<Firm> {
    const row = await scope.one<FirmRow>(
      'select firm_id, casehug_firm_id, name, region, environment, timezone, settings from firms where firm_id = $1',
      [scope.firmId],
    );
    if (!row) throw ApiError.notFound('firm');
    return {
      id: row.firm_id,
      caseHugFirmId: row.casehug_firm_id,
      name: row.name,
      region: row.region,
      environment: row.environment,
      timezone: row.timezone,
      settings: firmSettingsSchema.parse(row.settings),
    };
  }

  /** @throws ApiError `validation_error` naming every unknown key and wrong value; then nothing is changed. */
  async change(scope: FirmScope, changes: Readonly<Record<string, unknown>>, actor: string): Promise<FirmSettings> {
    const secrets = Object.entries(changes).filter(([key]) => isSecretSetting(key));
    const plain = Object.fromEntries(Object.entries(changes).filter(([key]) => !isSecretSetting(key)));
    const schema = firmSettingsSchema.partial().strict();
    const parsed = schema.safeParse(plain);
    const faults = parsed.success
      ? []
      : faultsOf(parsed.error).map((fault) => ({ ...fault, field: `settings.${fault.field}` }));
    for (const [key, value] of secrets) {
      if (!secretValueSchema.safeParse(value).success)
        faults.push({ field: `settings.${key}`, message: 'must be a text without control characters, or null' });
    }
    if (!parsed.success || faults.length > 0) throw ApiError.validation(faults);
    // A partial schema still fills defaults in; only what was given may change.
    const given = Object.fromEntries(
      Object.keys(plain).map((key) => [key, (parsed.data as Record<string, unknown>)[key]]),
    );
    await scope.change('update firms set settings = settings || $2::jsonb, updated_at = $3 where firm_id = $1', [
      scope.firmId,
      JSON.stringify(given),
      this.clock.now(),
    ]);
    for (const [key, value] of secrets) await this.putSecret(scope, key as SecretSetting, value as string | null);
    await this.audit.record(scope, {
      actor,
      action: 'settings.change',
      subject: `firm:${scope.firmId}`,
      detail: { keys: Object.keys(changes).sort() },
    });
    return (await this.read(scope)).settings;
  }

  async secret(scope: FirmScope, name: FirmSecret): Promise<string | null> {
    const row = await scope.one<{ value_enc: Buffer }>('select value_enc from firm_secrets where name = $1', [name]);
    return row && this.cipher.openText(secretPlace(scope.firmId, name), row.value_enc);
  }

  private async putSecret(scope: FirmScope, name: FirmSecret, value: string | null): Promise<void> {
    if (value === null || value === '') {
      await scope.change('delete from firm_secrets where name = $1', [name]);
      return;
    }
    await scope.change(
      `insert into firm_secrets (firm_id, name, value_enc, updated_at) values ($1, $2, $3, $4)
       on conflict (firm_id, name) do update set value_enc = excluded.value_enc, updated_at = excluded.updated_at`,
      [scope.firmId, name, this.cipher.sealText(secretPlace(scope.firmId, name), value), this.clock.now()],
    );
  }
}

const secretPlace = (firmId: string, name: string) => ({ firmId, field: 'firm_secrets.value_enc', rowId: name });
