import { settled, type Outcome } from '../finding';

/** Whether a search found a number; undefined where no contact could show it. */
export interface PhoneFindings {
  /** A number stored with signs, found by its digits alone? */
  readonly ignoresSigns?: boolean;
  readonly phone?: boolean;
  readonly phone2?: boolean;
  readonly cell?: boolean;
  readonly fax?: boolean;
  readonly companyPhone?: boolean;
  /** `areaCode` and `number`, put together? */
  readonly withAreaCode?: boolean;
  /** `*` before and after the last digits? */
  readonly wildcard?: boolean;
}

const WORDS: readonly (readonly [keyof PhoneFindings, string])[] = [
  ['phone', 'phone'],
  ['phone2', 'phone2'],
  ['cell', 'cell'],
  ['fax', 'fax'],
  ['companyPhone', 'a company’s phone'],
  ['withAreaCode', 'area code and number together'],
  ['wildcard', 'wildcards'],
];
const FIELDS = ['phone', 'phone2', 'cell'] as const;

/** What the findings say together; what no contact could show is left out of the switches. */
export function phoneOutcome(found: PhoneFindings & { readonly ignoresSigns: boolean }, how: string): Outcome {
  const { ignoresSigns, fax } = found;
  const known = FIELDS.every((field) => found[field] !== undefined);
  const said = (value: boolean) => WORDS.filter(([name]) => found[name] === value).map(([, word]) => word);
  const lists = [
    ['found by', said(true)],
    ['not found by', said(false)],
    ['not tried', WORDS.filter(([name]) => found[name] === undefined).map(([, word]) => word)],
  ] as const;
  const evidence = lists.flatMap(([title, words]) => (words.length === 0 ? [] : [`${title}: ${words.join(', ')}`]));
  return settled(
    ignoresSigns
      ? 'Signs do not count: a number is found by its digits, however it is stored.'
      : 'A number is found only as it is stored, signs included.',
    `${how}; ${evidence.join('; ')}.`,
    {
      phone_search: ignoresSigns ? 'lenient' : 'raw',
      ...(known ? { phone_search_fields: FIELDS.filter((field) => found[field] === true) } : {}),
      ...(fax === undefined ? {} : { phone_search_fax: fax }),
    },
  );
}
