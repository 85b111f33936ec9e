import { z } from 'zod';
import { FormError } from '../form-error';

const ROWS_A_PAGE = 50;

const query = z.object({
  q: z.string().default(''),
  status: z.string().default(''),
  kind: z.enum(['', 'matter', 'lead', 'person', 'company', 'trust', 'groupOfPeople']).default(''),
  firm: z.string().default(''),
  page: z.coerce.number().int().min(1).default(1),
  /** The version that the asking page shows; while nothing has changed the answer is only `{version, same: true}`. */
  known: z.coerce.number().optional(),
});

export interface ListQuery {
  readonly words: readonly string[];
  readonly status: string;
  readonly kind: string;
  readonly firm: string;
  readonly page: number;
  readonly from: number;
  readonly count: number;
  readonly known: number | undefined;
}

/** Reads `?q=&status=&kind=&firm=&page=&known=` of a list. */
export function listQuery(search: unknown): ListQuery {
  const read = query.safeParse(search);
  if (!read.success) throw FormError.of(read.error);
  const { q, page, ...rest } = read.data;
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return { ...rest, known: rest.known, words, page, from: (page - 1) * ROWS_A_PAGE, count: ROWS_A_PAGE };
}
