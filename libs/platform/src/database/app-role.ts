/** The role the running application takes: it owns no tables, so row-level security holds for it. See docs/adr/0003. */
export const APP_ROLE = 'matterline_app';
/** The setting that carries the firm of the running transaction. Unset means: no rows. */
export const FIRM_SETTING = 'app.firm_id';
