/** The switches of this page. A trouble is a standing fault under a fixed id, or a switch of the simulator with its calm value. */
export const BIG = [
  {
    id: 'page-down',
    title: 'Smokeball down',
    words: 'Every call is answered 503. Matterline keeps the work and tries again.',
    fault: { route: '*', fault: { status: 503 } },
  },
  {
    id: 'page-slow',
    title: 'Smokeball slow',
    words: 'Every answer takes three seconds longer.',
    fault: { route: '*', fault: { delay_ms: 3000 } },
  },
  {
    id: 'drop',
    title: 'Webhooks lost',
    words: 'No notification leaves Smokeball. Matterline must find changes by itself.',
    on: { drop_p: 1 },
    off: { drop_p: 0 },
    isOn: (switches) => switches.drop_p > 0,
  },
];

export const SMALL = [
  {
    id: 'page-busy',
    title: 'Too many requests',
    words: 'Every call is answered 429, as if somebody else used up the allowance.',
    fault: { route: '*', fault: { status: 429 } },
  },
  {
    id: 'page-uploads',
    title: 'File store down',
    words: 'Contacts and matters work, but no bytes can be put away.',
    fault: { route: 'PUT /s3', fault: { status: 503 } },
  },
  {
    id: 'page-lost-answer',
    title: 'One answer lost',
    words: 'The next new contact is made, but the line breaks before the answer. It must not be made twice.',
    fault: { route: 'POST /contacts', fault: { reset: 'after' }, count: 1 },
  },
  {
    id: 'page-late-error',
    title: 'One late refusal',
    words: 'The next new matter is taken, and refused a moment later.',
    fault: { route: 'POST /matters', fault: { async_error: 'The matter could not be created (simulated).' }, count: 1 },
  },
  {
    id: 'twice',
    title: 'Webhooks twice',
    words: 'Every notification arrives two times.',
    on: { duplicate_p: 1 },
    off: { duplicate_p: 0 },
    isOn: (switches) => switches.duplicate_p > 0,
  },
  {
    id: 'shuffled',
    title: 'Webhooks out of order',
    words: 'A later notification may overtake an earlier one.',
    on: { reorder_p: 1 },
    off: { reorder_p: 0 },
    isOn: (switches) => switches.reorder_p > 0,
  },
];

export const CALM = { drop_p: 0, duplicate_p: 0, reorder_p: 0, off: [] };
