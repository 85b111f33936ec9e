import { Injectable } from '@nestjs/common';
import type { MappingWay } from '@matterline/contracts';
import type { Firm } from '@matterline/auth';
import type { CallContext, CallResult, MatterType, SmokeballClient } from '@matterline/smokeball-client';
import { MatterTypeCatalogue } from './catalogue';
import { chooseRole, chooseType, roleOf, usualRoles } from './choose-type';
import { locationOf } from './locations';
import { normaliseName } from './names';
import { mappingsFor, type OwnMapping, type TypeQuestion } from './own-mappings';

export interface ResolvedType {
  readonly kind: 'type';
  readonly id: string;
  readonly name: string;
  readonly category: string | null;
  readonly location: string | null;
  readonly role: string | null;
  /** 1 is sure. */
  readonly score: number;
  readonly how: MappingWay;
}

/** Why no type can be said; nothing may be created then. */
export interface NoType {
  readonly kind: 'none';
  readonly code: 'needs_mapping' | 'type_deleted' | 'role_not_offered';
  readonly detail: string;
}

export type Resolution = ResolvedType | NoType;

/** Which Smokeball matter type a matter becomes, and which role its client has in it. Source: docs/http-api.md#mapping. */
@Injectable()
export class ResolveType {
  constructor(private readonly catalogue: MatterTypeCatalogue) {}

  /** @param own all mappings of the firm @param isLead a type for leads is wanted, or one for matters */
  async resolve(
    smokeball: SmokeballClient,
    firm: Firm,
    question: TypeQuestion,
    own: readonly OwnMapping[],
    isLead: boolean,
    call: CallContext,
  ): Promise<CallResult<Resolution>> {
    const mappings = mappingsFor(own, question, firm.region);
    const [special, general] = [
      mappings.find(({ case_type: name }) => name !== ''),
      mappings.find(({ case_type: name }) => name === ''),
    ];
    if (special) return await this.mapped(smokeball, firm, question, special, isLead, call);
    const found = await this.automatic(smokeball, firm, question, isLead, call);
    if (!found.ok || found.data.kind === 'type' || !general) return found;
    return await this.mapped(smokeball, firm, question, general, isLead, call);
  }

  private async mapped(
    smokeball: SmokeballClient,
    firm: Firm,
    question: TypeQuestion,
    own: OwnMapping,
    isLead: boolean,
    call: CallContext,
  ): Promise<CallResult<Resolution>> {
    const how: MappingWay = own.case_type === '' ? 'firm_default' : own.state === '' ? 'own_any_state' : 'own';
    const location = own.location ?? /_([A-Za-z]+)$/.exec(own.matter_type_id)?.[1] ?? null;
    const { region, environment } = firm;
    if (location === null) {
      const { matter_type_id: id, matter_type_name: name, category, client_role: role } = own;
      return found(call, { kind: 'type', id, name, category, location, role, score: 1, how });
    }
    const types = await this.catalogue.types(smokeball, { region, environment, location, isLead }, call);
    if (!types.ok) return types;
    const type = typeOf(types.data, own, isLead);
    if (!type)
      return found(call, {
        kind: 'none',
        code: own.is_lead === isLead ? 'type_deleted' : 'needs_mapping',
        detail: own.matter_type_name,
      });
    const wanted = own.client_role;
    const role = wanted === null ? chooseRole(type, usualRoles(question)) : roleOf(type, wanted);
    if (role === undefined)
      return found(call, { kind: 'none', code: 'role_not_offered', detail: wanted ?? own.matter_type_name });
    const { id, name = '', category = null } = type;
    return found(call, { kind: 'type', id, name, category, location, role, score: 1, how });
  }

  private async automatic(
    smokeball: SmokeballClient,
    firm: Firm,
    question: TypeQuestion,
    isLead: boolean,
    call: CallContext,
  ): Promise<CallResult<Resolution>> {
    const { region, environment } = firm;
    const { caseType, practiceArea } = question;
    const location = locationOf(question.state, region);
    const none: Resolution = {
      kind: 'none',
      code: 'needs_mapping',
      detail: caseType ?? practiceArea ?? 'no case type',
    };
    if (location === null && caseType === null) return found(call, none);
    // Without a state only a name that stands once in the whole catalogue is sure.
    const place = { region, environment, location: location ?? { name: caseType ?? '' }, isLead };
    const types = await this.catalogue.types(smokeball, place, call);
    if (!types.ok) return types;
    const chosen = chooseType(types.data, { caseType, practiceArea: location === null ? null : practiceArea });
    return found(call, chosen ? { kind: 'type', ...chosen } : none);
  }
}

/**
 * The mapped type in the catalogue of the wanted kind. A type of matters stands for the lead type of the same name and category, and
 * the other way round; ids are compared without case.
 */
function typeOf(types: readonly MatterType[], own: OwnMapping, isLead: boolean): MatterType | undefined {
  const living = types.filter((type) => !type.isDeleted);
  const byId = living.find(({ id }) => id.toLowerCase() === own.matter_type_id.toLowerCase());
  if (byId || own.is_lead === isLead) return byId;
  const alike = living.filter(
    ({ name, category }) =>
      normaliseName(name ?? '') === normaliseName(own.matter_type_name) &&
      (own.category === null || normaliseName(category ?? '') === normaliseName(own.category)),
  );
  return alike.length === 1 ? alike[0] : undefined;
}

function found(call: CallContext, data: Resolution): CallResult<Resolution> {
  return { ok: true, status: 200, data, requestId: call.requestId ?? '' };
}
