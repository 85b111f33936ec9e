import { CaseType, MappingWay } from '@matterline/contracts';
import { StateWord } from '../../../shared/ui/tone';

interface WayWord extends StateWord {
  readonly meaning: string;
}

const WAYS: Readonly<Record<MappingWay, WayWord>> = {
  own: { tone: 'ok', word: 'Your choice', meaning: 'Somebody of your firm chose it for this state.' },
  own_any_state: { tone: 'ok', word: 'Your choice', meaning: 'Somebody of your firm chose it for every state.' },
  exact_name: { tone: 'ok', word: 'Same name', meaning: 'Smokeball has a matter type of this very name.' },
  likeness: { tone: 'info', word: 'Best match', meaning: 'The most alike of Smokeball’s matter types.' },
  firm_default: { tone: 'quiet', word: 'Everything else', meaning: 'What your firm chose for all other case types.' },
};

/** How the matter type is known, or that nobody knows it. */
export function mappingWord({ becomes, problem }: CaseType): WayWord {
  if (becomes === null) {
    const isUnseen = problem?.code === 'not_connected' || problem?.code === 'smokeball_unavailable';
    return {
      tone: isUnseen ? 'quiet' : 'wait',
      word: isUnseen ? 'Could not look' : 'Needs your choice',
      meaning: problem?.message ?? '',
    };
  }
  const way = WAYS[becomes.how];
  if (becomes.how !== 'likeness') return way;
  return { ...way, word: `${way.word} · ${Math.round(becomes.score * 100)} %` };
}

/** The name under which a case type is decided: its own, else its practice area's. */
export const mappedName = (row: CaseType): string | null => row.case_type ?? row.practice_area;

/** As a person reads it: `personal_injury` is "Personal injury". */
export function caseTypeTitle(row: CaseType): string {
  const name = mappedName(row);
  if (name === null) return 'Everything else';
  const plain = name.replaceAll('_', ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
