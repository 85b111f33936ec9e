import { Injectable } from '@nestjs/common';
import { ApiError, Clock, Database, FieldCipher, sha256Hex } from '@matterline/platform';
import { readTenant, requireOwnDomain } from '../tenants/tenant-row';
import { readCallRecord } from '../vodia/call-record';

/** Records of ended calls as the PBX sends them: kept sealed, each once, for the call log. Source: docs/telephony.md#records. */
@Injectable()
export class CallRecords {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** A repeat is accepted and stored once. @throws ApiError `bad_request`, `domain_mismatch` */
  async add(firmId: string, tenantId: string, body: unknown): Promise<void> {
    const record = readCallRecord(body);
    if (!record) throw new ApiError('bad_request', 'body: must be an object.', { field: 'body' });
    const text = JSON.stringify(body);
    const callKey = sha256Hex([tenantId, 'call', record.callId === '' ? text : record.callId].join('\0'));
    const id = sha256Hex([callKey, record.form, record.legId].join('\0'));
    await this.database.forFirm(firmId, async (scope) => {
      requireOwnDomain(await readTenant(scope, tenantId), record.domain);
      await scope.change(
        `insert into call_records (firm_id, id, tenant_id, call_key, form, body_enc, received_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (firm_id, id) do nothing`,
        [
          firmId,
          id,
          tenantId,
          callKey,
          record.form,
          this.cipher.sealText({ firmId, field: 'call_records.body_enc', rowId: id }, text),
          this.clock.now(),
        ],
      );
    });
  }
}
