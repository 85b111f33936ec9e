import { Injectable } from '@nestjs/common';
import { type CaseType, type MappingProblem, type Mappings, OPERATION_ERRORS } from '@matterline/contracts';
import { personCall, SmokeballAccess, TokenEndpointAway } from '@matterline/auth';
import type { SmokeballClient } from '@matterline/smokeball-client';
import { locationOf, locationsOf } from '../types/locations';
import { normaliseName } from '../types/names';
import { mappingKeyOf, type OwnMapping, type TypeQuestion } from '../types/own-mappings';
import { ResolveType } from '../types/resolve-type';
import { type MappingFacts, MappingReads } from './mapping-reads';

/** Every case type and state that was seen or mapped, and what a new matter of it would become now. Source: docs/http-api.md#mapping. */
@Injectable()
export class ListMappings {
  constructor(
    private readonly reads: MappingReads,
    private readonly types: ResolveType,
    private readonly access: SmokeballAccess,
  ) {}

  async list(firmId: string): Promise<Mappings> {
    const facts = await this.reads.facts(firmId);
    const smokeball = facts.isConnected ? await this.access.forConnection(firmId) : null;
    const rows: CaseType[] = [];
    for (const question of questionsOf(facts)) rows.push(await this.row(facts, question, smokeball));
    return { case_types: rows.sort(byUrgency), locations: locationsOf(facts.firm.region) };
  }

  /** One row as it is now. */
  async one(firmId: string, question: TypeQuestion): Promise<CaseType> {
    const facts = await this.reads.facts(firmId);
    const smokeball = facts.isConnected ? await this.access.forConnection(firmId) : null;
    return await this.row(facts, question, smokeball);
  }

  private async row(facts: MappingFacts, question: TypeQuestion, smokeball: SmokeballClient | null): Promise<CaseType> {
    const { caseType, practiceArea } = question;
    const { region } = facts.firm;
    const key = keyOf(question, region);
    const own = facts.own.find((one) => one.case_type === nameOf(question) && one.state === key.state);
    const answer = await this.becomes(facts, question, smokeball);
    return {
      case_type: caseType,
      practice_area: practiceArea,
      state: key.state === '' ? null : key.state,
      matters_waiting: facts.waiting.filter((one) => isSame(keyOf(one, region), key)).length,
      ...answer,
      mapping: own ? mappingView(own) : null,
    };
  }

  private async becomes(
    { firm, own }: MappingFacts,
    question: TypeQuestion,
    smokeball: SmokeballClient | null,
  ): Promise<Pick<CaseType, 'becomes' | 'problem'>> {
    if (!smokeball) return { becomes: null, problem: problemOf('not_connected') };
    const read = await this.types
      .resolve(smokeball, firm, question, own, firm.settings.lead, personCall(firm.id))
      .catch((error: unknown) => {
        if (error instanceof TokenEndpointAway) return null;
        throw error;
      });
    if (!read?.ok) return { becomes: null, problem: problemOf('smokeball_unavailable') };
    if (read.data.kind === 'none') return { becomes: null, problem: problemOf(read.data.code) };
    const { id, name, category, location, role, how, score } = read.data;
    return { becomes: { matter_type: { id, name, category, location }, client_role: role, how, score }, problem: null };
  }
}

/** The firm's own mappings whose case type nobody has sent yet stand in the list too. */
function questionsOf({ seen, own, firm }: MappingFacts): TypeQuestion[] {
  const { region } = firm;
  const byKey = new Map<string, TypeQuestion>();
  const add = (question: TypeQuestion) => {
    const { case_type: caseType, state } = keyOf(question, region);
    const key = `${caseType}/${state}`;
    if (!byKey.has(key)) byKey.set(key, question);
  };
  for (const one of seen) add(one);
  for (const one of own) {
    const caseType = one.label ?? (one.case_type === '' ? null : one.case_type);
    const isKnown = [...byKey.values()].some(
      (known) => nameOf(known) === one.case_type && (locationOf(known.state, region) ?? '') === one.state,
    );
    if (!isKnown) add({ caseType, practiceArea: null, state: one.state === '' ? null : one.state });
  }
  // What becomes of everything else can always be decided.
  add({ caseType: null, practiceArea: null, state: null });
  return [...byKey.values()];
}

/** What a mapping for this question would be kept under. */
const nameOf = ({ caseType, practiceArea }: TypeQuestion) =>
  normaliseName(caseType ?? '') || normaliseName(practiceArea ?? '');
const keyOf = (question: TypeQuestion, region: 'us' | 'au' | 'uk') => ({
  ...mappingKeyOf(null, question.state, region),
  case_type: nameOf(question),
});
const isSame = (left: ReturnType<typeof keyOf>, right: ReturnType<typeof keyOf>) =>
  left.case_type === right.case_type && left.state === right.state;

function mappingView(own: OwnMapping): NonNullable<CaseType['mapping']> {
  const { matter_type_id, matter_type_name, location, client_role, updated_at: updatedAt } = own;
  return { matter_type_id, matter_type_name, location, client_role, updated_at: updatedAt.toISOString() };
}

function problemOf(code: MappingProblem): NonNullable<CaseType['problem']> {
  const { message, hint } = OPERATION_ERRORS[code];
  return { code, message, hint };
}

/** What waits first, then what would wait, then by name; the firm's default last. */
function byUrgency(left: CaseType, right: CaseType): number {
  const rank = (row: CaseType) => {
    if (row.matters_waiting > 0) return 0;
    if (row.case_type === null && row.practice_area === null) return 3;
    return row.problem === null ? 2 : 1;
  };
  const name = (row: CaseType) => `${row.case_type ?? row.practice_area ?? ''}/${row.state ?? ''}`;
  return (
    rank(left) - rank(right) || right.matters_waiting - left.matters_waiting || name(left).localeCompare(name(right))
  );
}
