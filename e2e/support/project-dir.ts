import path from 'node:path';

/** The root of the checkout: where the built programs and the scripts stand. */
export const PROJECT_DIR = path.resolve(__dirname, '..', '..');
