import { EXACTLY_ONCE, type Tally } from './tally';

const POST_FILES = 'POST /matters/{matterId}/documents/files';
/** How long our own processes wait for an answer. */
const TIMEOUT_MS = 15_000;

export interface FaultCase {
  readonly name: string;
  readonly route: string;
  readonly fault: Readonly<Record<string, unknown>>;
  /** How many calls it meets. */
  readonly count: number;
  /** Faults beside that one. */
  readonly also?: readonly (readonly [route: string, fault: Readonly<Record<string, unknown>>, count: number])[];
  /** Switches that differ from Smokeball's usual day. */
  readonly switches?: Readonly<Record<string, unknown>>;
  /** Where it comes to rest by itself; left out: all is there, exactly once. */
  readonly rest?: {
    readonly tally: Tally;
    /** The states and error codes of contact, matter and document. */
    readonly operations: readonly (readonly [string, string | null])[];
  };
}

const INDEX_LAG = { index_lag_ms: 5_000 };
const NOTHING: Tally = { contacts: 0, matters: 0, files: 0, versions: 0, sameBytes: true };

/** Bad days of Smokeball, each met by one new intake. */
export const FAULT_CASES: readonly FaultCase[] = [
  ...['POST /contacts', 'POST /matters', POST_FILES].map((route) => ({
    name: `${route}: done, then the connection cut, with an index lag of 5 s`,
    route,
    fault: { reset: 'after' },
    count: 1,
    switches: INDEX_LAG,
  })),
  { name: 'PUT of the bytes: done, then the connection cut', route: 'PUT /s3', fault: { reset: 'after' }, count: 1 },
  { name: 'POST /contacts: two connections cut', route: 'POST /contacts', fault: { reset: 'before' }, count: 2 },
  { name: 'POST /matters: two 500', route: 'POST /matters', fault: { status: 500 }, count: 2 },
  { name: 'PUT of the bytes: two 503', route: 'PUT /s3', fault: { status: 503 }, count: 2 },
  { name: 'everything: four 503', route: '*', fault: { status: 503 }, count: 4 },
  { name: 'everything: four 429', route: '*', fault: { status: 429 }, count: 4 },
  { name: 'POST /contacts: no answer, never done', route: 'POST /contacts', fault: { hang: true }, count: 1 },
  {
    name: 'POST /matters: done after nobody waits for it any more, with an index lag of 5 s',
    route: 'POST /matters',
    fault: { delay_ms: TIMEOUT_MS + 3_000 },
    count: 1,
    switches: INDEX_LAG,
  },
  {
    name: 'PUT of the bytes: the address has expired',
    route: 'PUT /s3',
    fault: { delay_ms: 2_500 },
    count: 1,
    switches: { upload_url_ttl_s: 2 },
  },
  {
    name: 'PUT of the bytes: cut off twice, and the place is not found when a new address is asked for',
    route: 'PUT /s3',
    fault: { reset: 'before' },
    count: 2,
    also: [['GET /matters/{matterId}/documents/files/{fileId}/upload', { status: 404 }, 2]],
  },
  {
    name: 'POST /contacts: accepted, then refused by an error event',
    route: 'POST /contacts',
    fault: { async_error: 'The last name is not allowed.' },
    count: 1,
    rest: {
      tally: NOTHING,
      operations: [
        ['failed', 'refused_later'],
        ['held', 'contact_failed'],
        ['held', 'matter_not_linked'],
      ],
    },
  },
  {
    name: 'POST /matters: accepted, then refused by an error event',
    route: 'POST /matters',
    fault: { async_error: 'The matter type is not allowed.' },
    count: 1,
    rest: {
      tally: { ...NOTHING, contacts: 1 },
      operations: [
        ['succeeded', null],
        ['failed', 'refused_later'],
        ['held', 'matter_not_linked'],
      ],
    },
  },
  {
    name: 'POST of the file: accepted, then refused by an error event',
    route: POST_FILES,
    fault: { async_error: 'The file is not allowed.' },
    count: 1,
    rest: {
      tally: { ...NOTHING, contacts: 1, matters: 1 },
      operations: [
        ['succeeded', null],
        ['succeeded', null],
        ['failed', 'refused_later'],
      ],
    },
  },
];

export const restOf = ({ rest }: FaultCase): NonNullable<FaultCase['rest']> =>
  rest ?? { tally: EXACTLY_ONCE, operations: Array.from({ length: 3 }, () => ['succeeded', null] as const) };
