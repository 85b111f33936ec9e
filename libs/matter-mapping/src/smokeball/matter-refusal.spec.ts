import { refusalOf, worded } from './matter-refusal';

describe('why Smokeball refuses a matter', () => {
  it.each<[string, string | null]>([
    ['Matter number C-1 is already in use.', 'number_taken'],
    ['A matter with the number C-1 already exists', 'number_taken'],
    ['Duplicate matter number', 'number_taken'],
    ['Role Buyer is not valid for matter type Divorce.', 'role_not_offered'],
    ['Invalid clientRole: role is not a representative option', 'role_not_offered'],
    ['Matter type 123_IL was not found.', 'type_deleted'],
    ['The MatterType has been deleted', 'type_deleted'],
    ['description is too long', 'text_too_long'],
    ["The field Description must be a string with a maximum length of '255'.", 'text_too_long'],
    ['The number exceeds 20 characters', 'text_too_long'],
    ['Contact c-1 does not belong to account a-1.', null],
    ['Staff s-1 does not belong to account a-1.', null],
    ['', null],
  ])('%j is %s', (message, code) => expect(refusalOf(message)).toBe(code));

  it('gives only a refusal its words’ code', () => {
    const detail = 'Matter number C-1 is already in use.';
    expect(worded({ kind: 'failed', code: 'rejected', detail })).toEqual({
      kind: 'failed',
      code: 'number_taken',
      detail,
    });
    expect(worded({ kind: 'failed', code: 'rejected' }).code).toBe('rejected');
    expect(worded({ kind: 'failed', code: 'not_permitted', detail }).code).toBe('not_permitted');
  });
});
