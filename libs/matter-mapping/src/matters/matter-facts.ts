import type { Party } from '@matterline/contracts';
import { Firms } from '@matterline/auth';
import type { MatterFacts } from '@matterline/issues';
import type { FirmScope } from '@matterline/platform';
import { locationOf } from '../types/locations';
import type { MatterStore } from './matter-store';

/** What tells one cause of a failure from another: the type that would be mapped, the number, and whose names a refusal may quote. */
export async function matterFacts(
  store: MatterStore,
  firms: Firms,
  scope: FirmScope,
  matterId: string,
): Promise<MatterFacts | null> {
  const matter = await store.find(scope, matterId);
  if (!matter) return null;
  const { picture } = matter;
  const { region } = await firms.read(scope);
  return {
    caseType: picture.case_type ?? picture.practice_area,
    state: locationOf(picture.state, region) ?? picture.state,
    number: picture.case_number,
    names: [picture.title, ...[...picture.clients, ...picture.other_sides].flatMap(namesOf)],
  };
}

const namesOf = ({ first_name: first, last_name: last, company_name: company }: Party): string[] =>
  [first, last, company].filter((name) => typeof name === 'string');
