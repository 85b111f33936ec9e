import { NO_TAGS, tagChanges } from './tag-changes';

const custom = (name: string, id = `id-${name}`) => ({ id, name, type: 'Custom' });

const CASES = [
  {
    name: 'a first tag goes out',
    wished: ['VIP'],
    held: [],
    ours: NO_TAGS,
    add: ['VIP'],
    remove: [],
    put: ['VIP'],
  },
  {
    name: 'a tag that a Smokeball user put there is not doubled and does not become ours, whatever its case and spacing',
    wished: ['vip', 'Needs  Interpreter'],
    held: [custom('VIP'), custom(' needs interpreter')],
    ours: NO_TAGS,
    add: [],
    remove: [],
    put: [],
  },
  {
    name: 'a user’s tag stays although CaseHug does not know it',
    wished: [],
    held: [custom('From Smokeball')],
    ours: NO_TAGS,
    add: [],
    remove: [],
    put: [],
  },
  {
    name: 'a tag of ours that CaseHug dropped goes',
    wished: ['B'],
    held: [custom('A'), custom('B')],
    ours: { put: ['A', 'B'], adding: [] },
    add: [],
    remove: [{ id: 'id-A', name: 'A' }],
    put: ['B'],
  },
  {
    name: 'role and staff tags are not touched, even when we once put the same word',
    wished: [],
    held: [
      { name: 'Plaintiff', type: 'Role' },
      { id: 's1', name: 'Jane Doe', type: 'Staff' },
    ],
    ours: { put: ['Plaintiff', 'Jane Doe'], adding: [] },
    add: [],
    remove: [],
    put: [],
  },
  {
    name: 'a wished word that stands there as a role is not put beside it',
    wished: ['plaintiff'],
    held: [{ name: 'Plaintiff', type: 'Role' }],
    ours: NO_TAGS,
    add: [],
    remove: [],
    put: [],
  },
  {
    name: 'what a Smokeball user took off stays off',
    wished: ['A', 'B'],
    held: [],
    ours: { put: ['A'], adding: [] },
    add: ['B'],
    remove: [],
    put: ['A', 'B'],
  },
  {
    name: 'dropped and set anew in CaseHug, it comes back',
    wished: ['A'],
    held: [],
    ours: NO_TAGS,
    add: ['A'],
    remove: [],
    put: ['A'],
  },
  {
    name: 'sent before a crash and standing there: it is ours, and is not sent again',
    wished: ['A'],
    held: [custom('A')],
    ours: { put: [], adding: ['A'] },
    add: [],
    remove: [],
    put: ['A'],
  },
  {
    name: 'not sent before the crash: it is sent now',
    wished: ['A'],
    held: [],
    ours: { put: [], adding: ['A'] },
    add: ['A'],
    remove: [],
    put: ['A'],
  },
  {
    name: 'sent before a crash and dropped in CaseHug since: it goes again',
    wished: [],
    held: [custom('A')],
    ours: { put: [], adding: ['A'] },
    add: [],
    remove: [{ id: 'id-A', name: 'A' }],
    put: [],
  },
  {
    name: 'empty and repeated wishes count once',
    wished: ['  ', 'Élan', 'E\u0301LAN', ' élan '],
    held: [],
    ours: NO_TAGS,
    add: ['Élan'],
    remove: [],
    put: ['Élan'],
  },
] as const;

test.each(CASES)('$name', ({ wished, held, ours, add, remove, put }) => {
  const changes = tagChanges(wished, held, ours);
  expect({ add: changes.add, remove: changes.remove, put: changes.after.put }).toEqual({ add, remove, put });
  expect(changes.after.adding).toEqual([]);
});

test('what is stored before the first call names everything that may then stand there because of us', () => {
  const held = [custom('A'), custom('B')];
  const changes = tagChanges(['B', 'C'], held, { put: ['A', 'B'], adding: [] });
  expect(changes.before).toEqual({ put: ['B', 'A'], adding: ['C'] });
  expect(tagChanges(['B', 'C'], [...held, custom('C')], changes.before)).toMatchObject({
    add: [],
    remove: [{ name: 'A' }],
    after: { put: ['B', 'C'] },
  });
});
