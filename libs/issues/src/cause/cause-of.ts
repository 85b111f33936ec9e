import type { IssueCode } from '@matterline/contracts';
import type { Trouble } from './trouble';
import { wordingOf } from './wording';

/** What a title may name; sealed where it is stored. */
export interface Shown {
  readonly caseType: string | null;
  readonly state: string | null;
  /** Smokeball's words without ids, numbers and names. */
  readonly wording: string | null;
  readonly matterId: string | null;
  readonly clientId: string | null;
  readonly endpointId: string | null;
}

/** Troubles with the same code and parts have one cause. The parts may hold client data: they are kept as a keyed hash only. */
export interface Cause {
  readonly code: IssueCode;
  readonly parts: readonly string[];
  readonly shown: Shown;
}

type Tells = 'type' | 'matter' | 'entity' | 'wording' | 'number' | 'delivery';

/** What tells two causes of one code apart; a code that is not named here has one cause in a firm. */
const TELLS: Partial<Record<IssueCode, Tells>> = {
  needs_mapping: 'type',
  type_deleted: 'type',
  role_not_offered: 'type',
  rejected: 'wording',
  refused_later: 'wording',
  number_taken: 'number',
  not_permitted: 'matter',
  contact_failed: 'matter',
  matter_not_linked: 'matter',
  contact_ambiguous: 'entity',
  link_broken: 'entity',
  text_too_long: 'entity',
  name_too_long: 'entity',
  file_bytes_gone: 'entity',
  file_gone: 'entity',
  file_too_large: 'entity',
  hash_differs: 'entity',
  delivery_failing: 'delivery',
};

const NOTHING: Shown = { caseType: null, state: null, wording: null, matterId: null, clientId: null, endpointId: null };
const folded = (text: string | null | undefined) =>
  (text ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** The cause of a trouble: a pure function, so that the same trouble falls into the same issue in every process and for ever. */
export function causeOf(trouble: Trouble): Cause {
  const { code, matterId = null, entity, facts } = trouble;
  const at = (parts: readonly string[], shown: Partial<Shown> = {}): Cause => ({
    code,
    parts,
    shown: { ...NOTHING, ...shown },
  });
  const ofEntity = () =>
    at([entity?.type ?? 'matter', entity?.id ?? matterId ?? ''], {
      matterId,
      clientId: entity?.type === 'contact' ? entity.id : null,
    });
  switch (TELLS[code]) {
    case 'type':
      return at([folded(facts?.caseType), folded(facts?.state)], {
        caseType: facts?.caseType ?? null,
        state: facts?.state ?? null,
      });
    case 'wording': {
      const wording = wordingOf(trouble.detail ?? '', facts?.names);
      return at([wording], { wording: wording === '' ? null : wording });
    }
    case 'number':
      return facts?.number ? at([folded(facts.number)], { matterId }) : ofEntity();
    case 'matter':
      return matterId === null ? ofEntity() : at(['matter', matterId], { matterId });
    case 'entity':
      return ofEntity();
    case 'delivery':
      return at([trouble.endpointId ?? '', statusClass(trouble.httpStatus)], {
        endpointId: trouble.endpointId ?? null,
      });
    default:
      return at([]);
  }
}

/** `5xx`, `4xx`, …; no answer at all is a class of its own. */
const statusClass = (status: number | null | undefined) => (status == null ? 'none' : `${Math.floor(status / 100)}xx`);
