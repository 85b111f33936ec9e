/** Carries where a new pop is; never what it says. */
export const POPS_CHANNEL = 'matterline_pops';
