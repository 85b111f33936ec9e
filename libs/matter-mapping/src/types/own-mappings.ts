import { Injectable } from '@nestjs/common';
import { Clock, type FirmScope } from '@matterline/platform';
import { locationOf } from './locations';
import { normaliseName } from './names';

/** What a firm decided that a case type becomes. Empty case type: everything that nothing else fits; empty state: every state. */
export interface OwnMapping {
  /** Normalised. */
  readonly case_type: string;
  /** Short code. */
  readonly state: string;
  /** The case type as it was written. */
  readonly label: string | null;
  readonly matter_type_id: string;
  readonly matter_type_name: string;
  readonly category: string | null;
  /** Where Smokeball files the type; null where that is not known. */
  readonly location: string | null;
  /** The type is one of leads. */
  readonly is_lead: boolean;
  readonly client_role: string | null;
  readonly updated_at: Date;
}

/** The parts of a matter that decide its type. */
export interface TypeQuestion {
  readonly caseType: string | null;
  readonly practiceArea: string | null;
  readonly state: string | null;
}

export interface MappingKeyColumns {
  readonly case_type: string;
  readonly state: string;
}

const COLUMNS = `case_type, state, label, matter_type_id, matter_type_name, category, location, is_lead, client_role, updated_at`;

/** The key under which a mapping for this case type and state is kept. */
export function mappingKeyOf(
  caseType: string | null,
  state: string | null,
  region: 'us' | 'au' | 'uk',
): MappingKeyColumns {
  return { case_type: normaliseName(caseType ?? ''), state: locationOf(state, region) ?? '' };
}

/** Whether two would be filed alike, however they are written. */
export function isSameQuestion(one: TypeQuestion, other: TypeQuestion, region: 'us' | 'au' | 'uk'): boolean {
  const key = ({ caseType, practiceArea, state }: TypeQuestion): string =>
    JSON.stringify([mappingKeyOf(caseType, state, region), normaliseName(practiceArea ?? '')]);
  return key(one) === key(other);
}

/** The mappings that may speak for a matter, the most special one first; those for every case type come last. */
export function mappingsFor(
  all: readonly OwnMapping[],
  { caseType, practiceArea, state }: TypeQuestion,
  region: 'us' | 'au' | 'uk',
): OwnMapping[] {
  const place = locationOf(state, region) ?? '';
  const names = [...new Set([caseType, practiceArea].map((name) => normaliseName(name ?? '')).filter(Boolean)), ''];
  const states = [...new Set([place, ''])];
  return names.flatMap((name) =>
    states.flatMap((at) => all.find((one) => one.case_type === name && one.state === at) ?? []),
  );
}

/** A firm's own mappings. A firm has some dozens, so they are read together. */
@Injectable()
export class OwnMappings {
  constructor(private readonly clock: Clock) {}

  async all(scope: FirmScope): Promise<OwnMapping[]> {
    return await scope.query<OwnMapping>(
      `select ${COLUMNS} from type_mappings where firm_id = $1 order by case_type, state`,
      [scope.firmId],
    );
  }

  async put(scope: FirmScope, mapping: Omit<OwnMapping, 'updated_at'>): Promise<void> {
    await scope.change(
      `insert into type_mappings (firm_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (firm_id, case_type, state) do update set label = excluded.label, matter_type_id = excluded.matter_type_id,
         matter_type_name = excluded.matter_type_name, category = excluded.category, location = excluded.location,
         is_lead = excluded.is_lead, client_role = excluded.client_role, updated_at = excluded.updated_at`,
      [
        scope.firmId,
        mapping.case_type,
        mapping.state,
        mapping.label,
        mapping.matter_type_id,
        mapping.matter_type_name,
        mapping.category,
        mapping.location,
        mapping.is_lead,
        mapping.client_role,
        this.clock.now(),
      ],
    );
  }

  /** @returns false when there was none. */
  async remove(scope: FirmScope, { case_type: caseType, state }: MappingKeyColumns): Promise<boolean> {
    const removed = await scope.change(
      'delete from type_mappings where firm_id = $1 and case_type = $2 and state = $3',
      [scope.firmId, caseType, state],
    );
    return removed > 0;
  }
}
