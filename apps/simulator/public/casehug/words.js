/** What Matterline's states mean to the intake team: tone of the chip, and the words. */
const LINKS = {
  not_synced: ['', 'Not sent to Smokeball yet'],
  waiting_for_client: ['warn', 'Waiting for a client'],
  needs_mapping: ['warn', 'Needs a matter type'],
  needs_review: ['warn', 'Needs a person to look'],
  pending: ['info', 'On its way to Smokeball'],
  accepted: ['info', 'Taken by Smokeball'],
  confirmed: ['good', 'In Smokeball'],
  failed: ['bad', 'Failed'],
  broken: ['bad', 'Gone from Smokeball'],
  unlinked: ['', 'Link taken away'],
};

const DOCUMENTS = {
  waiting: ['', 'Waiting'],
  received: ['', 'Received by Matterline'],
  stored: ['', 'Received by Matterline'],
  not_synced: ['', 'Not sent to Smokeball'],
  pending: ['info', 'On its way to Smokeball'],
  running: ['info', 'On its way to Smokeball'],
  uploading: ['info', 'On its way to Smokeball'],
  accepted: ['info', 'Taken by Smokeball'],
  uploaded: ['info', 'Taken by Smokeball'],
  confirmed: ['good', 'In Smokeball'],
  succeeded: ['good', 'In Smokeball'],
  failed: ['bad', 'Failed'],
  held: ['warn', 'Held'],
  cancelled: ['', 'Cancelled'],
  superseded: ['', 'Replaced by a newer one'],
};

const DECISIONS = {
  uploaded: ['info', 'To be approved'],
  approved: ['good', 'Approved'],
  rejected: ['bad', 'Rejected'],
};

export const linkWords = (state) => words(LINKS, state);
export const documentWords = (state) => words(DOCUMENTS, state);
export const decisionWords = (status) => words(DECISIONS, status);

/** The reason of an `error` member, which is an object with a message, or plain text. */
export function reasonOf(error) {
  if (!error) return '';
  if (typeof error === 'string') return error;
  return [error.message, error.hint].filter(Boolean).join(' ');
}

/** A state that is newer than this page is shown as it is, with blanks for underscores. */
function words(table, state) {
  return table[state] ?? ['', String(state ?? '').replaceAll('_', ' ')];
}
