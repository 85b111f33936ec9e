import { z } from 'zod';

/** The envelope of CaseHug's own events. Source: docs/http-api.md#casehug-events. */
export const caseHugEventSchema = z.object({
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(100),
  firm_id: z.string().min(1).max(200),
  data: z.record(z.string(), z.unknown()),
});
