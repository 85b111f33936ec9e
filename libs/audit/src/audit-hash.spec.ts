import { auditHash, canonicalJson } from './audit-trail';

const PREVIOUS = Buffer.alloc(32, 1);
const MEMBERS = ['frm_1', '7', '2026-03-07T14:00:00.000Z', 'user:usr_1', 'matter.put', 'matter:mat_1', '{}'];

describe('auditHash', () => {
  test('covers the hash of the entry before', () => {
    expect(auditHash(PREVIOUS, MEMBERS)).not.toEqual(auditHash(Buffer.alloc(32, 2), MEMBERS));
  });

  test.each(MEMBERS.map((_member, at) => [at]))('covers member %i', (at) => {
    const changed = MEMBERS.map((member, other) => (other === at ? `${member}!` : member));
    expect(auditHash(PREVIOUS, changed)).not.toEqual(auditHash(PREVIOUS, MEMBERS));
  });

  test('keeps members apart: what moves from one to its neighbour changes the hash', () => {
    expect(auditHash(PREVIOUS, ['ab', 'c'])).not.toEqual(auditHash(PREVIOUS, ['a', 'bc']));
  });

  test('is computed over details whose order does not matter', () => {
    expect(canonicalJson({ b: [2, { d: 1, c: null }], a: 'x' })).toBe(
      canonicalJson({ a: 'x', b: [2, { c: null, d: 1 }] }),
    );
  });
});
