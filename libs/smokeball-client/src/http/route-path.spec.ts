import { routePath } from './route-path';

const ID = '4a2e5a1c-7b3e-4f0a-9c58-0c2a6f1f8e11';

describe('routePath', () => {
  it('fills every placeholder, encoded', () => {
    expect(routePath('/mattertypes/{id}/x/{other}', { id: 'guid_IL', other: 'a/b c' })).toEqual({
      ok: true,
      path: '/mattertypes/guid_IL/x/a%2Fb%20c',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['the folder above', { id: '..' }],
    ['the folder itself', { id: '.' }],
    ['nothing', { id: '' }],
    ['blanks', { id: '  ' }],
    ['no value', {}],
    ['half a surrogate pair', { id: '\ud800' }],
    ['a novel', { id: 'x'.repeat(257) }],
  ])('refuses %s', (_name, values) => {
    expect(routePath('/staff/{id}', values)).toEqual({ ok: false, parameter: 'id' });
  });

  it('wants a UUID where one is due: a matter number is not an id', () => {
    expect(routePath('/matters/{matterId}', { matterId: '2024-0042' }, ['matterId'])).toEqual({
      ok: false,
      parameter: 'matterId',
    });
    expect(routePath('/matters/{matterId}', { matterId: ID.toUpperCase() }, ['matterId']).ok).toBe(true);
  });
});
