export const CONFLICT_RULES = ['last_writer', 'smokeball_wins', 'casehug_wins', 'ask'] as const;
/** How CaseHug signs. Source: docs/http-api.md#casehug-events. */
export const SIGNATURE_SCHEMES = ['stripe', 'sha256', 'hex', 'base64'] as const;

/** Settings that are secrets: stored encrypted, never given back. */
export const SECRET_SETTINGS = [
  'casehug_secret_next',
  'casehug_api_key',
  'smokeball_client_id',
  'smokeball_client_secret',
  'smokeball_api_key',
] as const;
export type SecretSetting = (typeof SECRET_SETTINGS)[number];
