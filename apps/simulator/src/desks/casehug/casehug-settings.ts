import { z } from 'zod';
import { httpAddress } from '../http-address';

/** Who this desk is to Matterline: one CaseHug firm with its API key. `public_url` is where Matterline can reach the simulator. */
export const casehugSettings = z.object({
  api_url: httpAddress,
  api_key: z.string().min(1),
  firm_id: z.string().min(1),
  webhook_secret: z.string().default(''),
  /** The secret that will follow; for a while both are valid. */
  webhook_secret_next: z.string().default(''),
  signature_header: z.string().min(1).default('X-CaseHug-Signature'),
  public_url: httpAddress.optional(),
});

export type CasehugSettings = z.infer<typeof casehugSettings>;
