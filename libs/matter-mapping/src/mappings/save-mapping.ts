import { Injectable } from '@nestjs/common';
import type { MappingKey, MappingPut, MappingSaved } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { type Firm, Firms } from '@matterline/auth';
import { ApiError, Database, type FirmScope } from '@matterline/platform';
import type { MatterType } from '@matterline/smokeball-client';
import { Operations } from '@matterline/sync';
import { roleOf } from '../types/choose-type';
import { mappingKeyOf, type MappingKeyColumns, mappingsFor } from '../types/own-mappings';
import { ListMappings } from './list-mappings';
import { MappingReads, TYPE_CODES } from './mapping-reads';

interface ChosenType {
  readonly type: MatterType;
  readonly isLead: boolean;
}

/** A person's decision what a case type becomes; what waited for it goes on by itself. */
@Injectable()
export class SaveMapping {
  constructor(
    private readonly database: Database,
    private readonly firms: Firms,
    private readonly reads: MappingReads,
    private readonly list: ListMappings,
    private readonly operations: Operations,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ApiError 400 for a type or a role that Smokeball does not offer, 409 while not connected, 503 while it is away. */
  async put(firmId: string, put: MappingPut, actor: string): Promise<MappingSaved> {
    const firm = await this.firms.get(firmId);
    const { type, isLead } = await this.chosen(firm, put);
    const role = put.client_role == null ? null : (roleOf(type, put.client_role) ?? refuseRole(type));
    const key = mappingKeyOf(put.case_type, put.state, firm.region);
    const resumed = await this.database.forFirm(firmId, async (scope) => {
      await this.reads.mappings.put(scope, {
        ...key,
        label: put.case_type,
        matter_type_id: type.id,
        matter_type_name: type.name ?? type.id,
        category: type.category ?? null,
        location: put.location.toUpperCase(),
        is_lead: isLead,
        client_role: role,
      });
      const count = await this.resume(scope, firm, key);
      await this.audit.record(scope, {
        actor,
        action: 'mapping.put',
        subject: subjectOf(key),
        detail: { matter_type_id: type.id, client_role: role, resumed: count },
      });
      return count;
    });
    const { case_type: caseType, state } = put;
    return { case_type: await this.list.one(firmId, { caseType, practiceArea: null, state }), resumed };
  }

  /** @throws ApiError 404 when there is none. */
  async remove(firmId: string, { case_type: caseType, state }: MappingKey, actor: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      const key = mappingKeyOf(caseType, state, (await this.firms.read(scope)).region);
      if (!(await this.reads.mappings.remove(scope, key))) throw ApiError.notFound('mapping');
      await this.audit.record(scope, { actor, action: 'mapping.delete', subject: subjectOf(key) });
    });
  }

  /** In the firm's kind, or in the other one, whose namesake is then taken. */
  private async chosen(firm: Firm, put: MappingPut): Promise<ChosenType> {
    for (const isLead of [firm.settings.lead, !firm.settings.lead]) {
      const types = await this.reads.types(firm, put.location.toUpperCase(), isLead);
      const type = types.find(({ id }) => id.toLowerCase() === put.matter_type_id.toLowerCase());
      if (type) return { type, isLead };
    }
    throw ApiError.validation([{ field: 'matter_type_id', message: `is no matter type of ${put.location}` }]);
  }

  /** Opens again what waited for exactly this decision. */
  private async resume(scope: FirmScope, firm: Firm, key: MappingKeyColumns): Promise<number> {
    const all = await this.reads.mappings.all(scope);
    let resumed = 0;
    for (const [matterId, question] of await this.reads.waiting(scope)) {
      const [first] = mappingsFor(all, question, firm.region);
      if (first?.case_type !== key.case_type || first.state !== key.state) continue;
      resumed += await this.operations.resumeHeld(scope, TYPE_CODES, matterId);
    }
    return resumed;
  }
}

function refuseRole(type: MatterType): never {
  const offered = type.representativeOptions.join(', ') || 'it offers none';
  throw ApiError.validation([{ field: 'client_role', message: `is not a role of this matter type (${offered})` }]);
}

const subjectOf = (key: MappingKeyColumns) => `mapping:${key.case_type || '*'}/${key.state || '*'}`;
