import { z } from 'zod';

/** No control characters except tabs and line ends, and no half of a surrogate pair: no program on the way can show or store them. */
const PLAIN = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u;

/** Text that people wrote, without the space around it. */
export const plainText = (most: number) => z.string().trim().max(most).regex(PLAIN, 'must not hold control characters');
