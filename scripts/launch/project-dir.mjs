import { fileURLToPath } from 'node:url';

/** The root of the checkout, wherever a script is called from. */
export const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
