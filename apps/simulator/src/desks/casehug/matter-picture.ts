import type { DeskClient, DeskMatter } from './desk-matter';

/**
 * The body of `PUT /api/v1/matters/{id}`: the whole picture of a matter. Every key is always there,
 * so that what was emptied at the desk is emptied at Matterline too (an absent key would stay as it was).
 */
export function matterPicture(matter: DeskMatter): Record<string, unknown> {
  return {
    title: matter.title,
    case_number: matter.case_number,
    case_type: matter.case_type,
    practice_area: matter.practice_area,
    state: matter.state,
    county: matter.county,
    status: matter.status,
    description: matter.description,
    opened_on: matter.opened_on,
    updated_at: matter.updated_at,
    clients: matter.clients.map(party),
    other_sides: matter.other_sides.map(party),
    attorneys: matter.attorneys,
    tags: matter.tags,
    custom_fields: matter.custom_fields,
  };
}

/** A list of clients replaces the stored one as a whole, so what is not known is simply left out of each. */
function party(client: DeskClient): Record<string, unknown> {
  const { address, ...known } = withoutNulls(client);
  return address === undefined ? known : { ...known, address: withoutNulls(address as object) };
}

function withoutNulls(record: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}
