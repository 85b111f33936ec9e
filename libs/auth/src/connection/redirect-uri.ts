import type { Config } from '@matterline/platform';

/** Where Smokeball sends browsers back to; registered with Smokeball to the letter. */
export function redirectUri(config: Config): string {
  return `${config.publicUrl}/api/v1/integrations/smokeball/callback`;
}
