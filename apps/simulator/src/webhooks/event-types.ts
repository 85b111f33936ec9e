/** Every event type that any known list of Smokeball's names. `noop` is only ever sent by "notify". */
export const EVENT_TYPES: readonly string[] = [
  ...family('contact', 'created updated deleted restored'),
  ...family('matter', 'created updated converted closed statusUpdated initialized'),
  ...family('matteritems', 'updated'),
  ...family('roles', 'updated'),
  ...family('matterstage', 'updated'),
  ...family('layoutmatter', 'created updated'),
  ...family('layoutdesign', 'updated'),
  ...family('archive', 'updated'),
  ...family('billingconfiguration', 'updated'),
  ...family('mattertype', 'updated'),
  ...family('files', 'updated'),
  ...family('memo', 'created updated deleted restored'),
  ...family('task', 'created updated deleted completed'),
  ...family('staff', 'created updated'),
  ...family('firm', 'created updated'),
  ...family('firmuser', 'updated'),
  ...family('user', 'registered unregistered'),
  ...family('fee', 'created updated deleted'),
  ...family('expense', 'created updated deleted'),
  ...family('activitycode', 'created updated deleted'),
  ...family('invoice', 'created updated finalized'),
  ...family('event', 'created updated'),
  ...family('stageset', 'created updated'),
  'error',
];

function family(name: string, verbs: string): string[] {
  return verbs.split(' ').map((verb) => `${name}.${verb}`);
}
