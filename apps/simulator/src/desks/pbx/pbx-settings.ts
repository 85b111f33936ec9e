import { z } from 'zod';
import { httpAddress } from '../http-address';

export const pbxExtension = z.object({
  extension: z.string().trim().min(1),
  name: z.string().trim().default(''),
  email: z.string().trim().default(''),
});

/** One tenant of the simulated PBX, as it is registered at Matterline, and its extensions. */
export const pbxSettings = z.object({
  api_url: httpAddress,
  tenant_id: z.string().trim().min(1),
  tenant_key: z.string().min(1),
  domain: z.string().trim().min(1),
  country: z.enum(['US', 'AU', 'GB']).default('US'),
  did: z.string().trim().default(''),
  extensions: z.array(pbxExtension).default([]),
  ring_groups: z
    .array(
      z.object({
        group: z.string().trim().min(1),
        name: z.string().trim().default(''),
        extensions: z.array(z.string()).min(1),
      }),
    )
    .default([]),
});

export type PbxSettings = z.output<typeof pbxSettings>;
export type PbxExtension = z.output<typeof pbxExtension>;
