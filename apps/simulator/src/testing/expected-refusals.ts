/** Tests that mean to send what the official description does not allow, so that the validating proxy must refuse it. */
export interface ExpectedRefusal {
  /** Prism's error, or AROUND where the test cannot go through a proxy at all. */
  readonly code:
    | 'UNPROCESSABLE_ENTITY'
    | 'UNAUTHORIZED'
    | 'NO_PATH_MATCHED_ERROR'
    | 'NO_METHOD_MATCHED_ERROR'
    | 'INVALID_CONTENT_TYPE'
    | 'AROUND';
  readonly why: string;
  /** What the names of the tests contain. */
  readonly tests: readonly string[];
}

export const EXPECTED_REFUSALS: readonly ExpectedRefusal[] = [
  {
    code: 'UNAUTHORIZED',
    why: 'They leave the key or the token out.',
    tests: ['9.10 no key', '9.10 no token', '9.10 neither key nor token', '9.12 RequestId is echoed, or made: no '],
  },
  {
    code: 'NO_METHOD_MATCHED_ERROR',
    why: 'They call what is not there.',
    tests: [
      '9.10 an unknown route',
      '9.10 an expired token, and a method',
      '9.12 RequestId is echoed, or made: an unknown',
    ],
  },
  { code: 'NO_PATH_MATCHED_ERROR', why: 'It calls what is not there.', tests: ['9.10 an unknown route below'] },
  {
    code: 'UNPROCESSABLE_ENTITY',
    why: 'They send a body of the wrong shape, to be answered 400 by the simulator itself.',
    tests: [
      '9.14 problems carry errors',
      '9.18 what the body alone tells',
      '9.21 ',
      '9.27 a matter with',
      '9.30 ',
      'changing staff, users and the firm P',
      'with a text where a list belongs',
      'a subtask without a subject',
      'folders and previews P',
    ],
  },
  {
    code: 'UNPROCESSABLE_ENTITY',
    why: 'They send members that do not exist, which Smokeball ignores (docs/smokeball-api.md#matters).',
    tests: ['9.19 a lead has no number', '9.27 unknown and misspelled members'],
  },
  {
    code: 'UNPROCESSABLE_ENTITY',
    why: 'They send query parameters out of range or of another form.',
    tests: [
      '9.12 RequestId is echoed, or made: a bad request',
      '9.13 Limit is 1 to 500',
      '9.31 ids with a state',
      '9.33 ',
      'contacts, their tags and relations',
    ],
  },
  { code: 'UNPROCESSABLE_ENTITY', why: 'It sends a number for an id.', tests: ['a matter number is not an id'] },
  {
    code: 'AROUND',
    why: 'They are about the connection itself, which ends at a proxy.',
    tests: ['9.15 a connection reset'],
  },
  {
    code: 'AROUND',
    why: 'It measures milliseconds, of which a proxy takes some.',
    tests: ['9.19 a number comes late'],
  },
  {
    code: 'AROUND',
    why: 'Prism reads and writes JSON anew, and loses the last digits of ticks on the way.',
    tests: ['9.34 ticks are bare numbers', 'contacts UpdatedSince and Sort'],
  },
  {
    code: 'AROUND',
    why: 'Where what is behind it answers 501, Prism invents an answer.',
    tests: ['operations that are not simulated answer 501'],
  },
];
