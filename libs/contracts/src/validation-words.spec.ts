import { z } from 'zod';
import './validation-words';

const messageOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

describe('the words for what is wrong', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.object({ a: z.string() }), {}, 'is required'],
    [z.string(), 7, 'must be text'],
    [z.int(), 'x', 'must be a number'],
    [z.boolean(), 'yes', 'must be true or false'],
    [z.array(z.string()), {}, 'must be a list'],
    [z.object({}), [], 'must be an object'],
    [z.string().max(3), 'four', 'must have at most 3 characters'],
    [z.string().min(1), '', 'must not be empty'],
    [z.string().min(8), 'short', 'must have at least 8 characters'],
    [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entry'],
    [z.number().max(5), 6, 'must be at most 5'],
    [z.enum(['a', 'b']), 'c', 'must be one of a, b'],
    [z.object({ a: z.enum(['a', 'b']) }), {}, 'is required'],
    [z.url(), 'x', 'has the wrong form'],
    [z.email('must be an e-mail address'), 'x', 'must be an e-mail address'],
  ])('%#', (schema, value, words) => {
    expect(messageOf(schema, value)).toBe(words);
  });
});
