import { randomBytes } from 'node:crypto';

/** An id as CaseHug makes them: `mat_…`, `cli_…`, `upl_…`. */
export const newId = (prefix: string) => `${prefix}_${randomBytes(6).toString('hex')}`;
