import { Injectable } from '@nestjs/common';
import type { MatterPicture } from '@matterline/contracts';
import { type Firm } from '@matterline/auth';
import type { FirmScope } from '@matterline/platform';
import type { CallContext, CallResult, SmokeballClient } from '@matterline/smokeball-client';
import { MatterTypeCatalogue } from './catalogue';
import { chooseType, type ChosenType } from './choose-type';
import { locationOf } from './locations';
import { normaliseName } from './names';

export interface MappingRow {
  readonly matter_type_id: string;
  readonly matter_type_name: string;
  readonly client_role: string | null;
}

/** The firm's own mapping for the case type, in its state or in any. */
export async function ownMapping(scope: FirmScope, picture: MatterPicture): Promise<MappingRow | null> {
  const state = picture.state?.trim().toUpperCase() ?? '';
  return await scope.one<MappingRow>(
    `select matter_type_id, matter_type_name, client_role from type_mappings
      where firm_id = $1 and case_type = any ($2) and state in ($3, '')
      order by array_position($2, case_type), state desc limit 1`,
    [
      scope.firmId,
      [picture.case_type, picture.practice_area].flatMap((name) => (name ? [normaliseName(name)] : [])),
      state,
    ],
  );
}

/** Which Smokeball matter type a matter becomes; null when nobody can say for sure. */
@Injectable()
export class ResolveType {
  constructor(private readonly catalogue: MatterTypeCatalogue) {}

  async resolve(
    smokeball: SmokeballClient,
    firm: Firm,
    picture: MatterPicture,
    own: MappingRow | null,
    call: CallContext,
  ): Promise<CallResult<ChosenType | null>> {
    const known = (data: ChosenType | null) =>
      ({ ok: true, status: 200, data, requestId: call.requestId ?? '' }) as const;
    if (own)
      return known({
        id: own.matter_type_id,
        name: own.matter_type_name,
        role: own.client_role,
        score: 1,
        how: 'exact name',
      });
    const location = locationOf(picture.state, firm.region);
    if (location === null) return await this.byNameAlone(smokeball, firm, picture, call);
    const place = { region: firm.region, environment: firm.environment, location, isLead: firm.settings.lead };
    const types = await this.catalogue.types(smokeball, place, call);
    if (!types.ok) return types;
    return known(chooseType(types.data, { caseType: picture.case_type, practiceArea: picture.practice_area }));
  }

  /** Without a state only a name that stands once in the whole catalogue is sure. */
  private async byNameAlone(
    smokeball: SmokeballClient,
    firm: Firm,
    picture: MatterPicture,
    call: CallContext,
  ): Promise<CallResult<ChosenType | null>> {
    if (!picture.case_type) return { ok: true, status: 200, data: null, requestId: call.requestId ?? '' };
    const answer = await smokeball.matterTypes.list(
      { name: picture.case_type, type: firm.settings.lead ? 1 : 0 },
      call,
    );
    if (!answer.ok) return answer;
    return { ...answer, data: chooseType(answer.data.items, { caseType: picture.case_type, practiceArea: null }) };
  }
}
