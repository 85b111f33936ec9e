import { z } from 'zod';

const TYPES: Readonly<Record<string, string>> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
};

/** What people are told of a fault for which a schema has no words of its own. */
export function validationWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : (TYPES[issue.expected] ?? 'has the wrong type');
    case 'too_big':
      return `must ${measure(issue.origin, issue.maximum, 'at most')}`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'must not be empty'
        : `must ${measure(issue.origin, issue.minimum, 'at least')}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is required' : `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return 'has the wrong form';
    default:
      return undefined;
  }
}

function measure(origin: string, limit: number | bigint, bound: string): string {
  if (origin === 'string') return `have ${bound} ${counted(limit, 'character', 'characters')}`;
  if (origin === 'array' || origin === 'set') return `have ${bound} ${counted(limit, 'entry', 'entries')}`;
  return `be ${bound} ${limit}`;
}

const counted = (count: number | bigint, one: string, many: string) => `${count} ${Number(count) === 1 ? one : many}`;

z.config({ customError: validationWords });
