import { z } from 'zod';

const text = z.string().trim();
const optionalText = text.nullish().transform((value) => (value === '' || value === undefined ? null : value));

export const deskAddress = z.object({
  line1: optionalText,
  line2: optionalText,
  city: optionalText,
  state: optionalText,
  zip: optionalText,
});

/** A client or another party, as CaseHug holds it. */
export const deskClient = z
  .object({
    id: text.min(1).optional(),
    first_name: optionalText,
    last_name: optionalText,
    company_name: optionalText,
    email: optionalText,
    phone: optionalText,
    mobile: optionalText,
    address: deskAddress.nullish().transform((value) => value ?? null),
    tags: z.array(text.min(1)).default([]),
  })
  .refine((client) => client.company_name !== null || (client.first_name !== null && client.last_name !== null), {
    message: 'give a first and a last name, or a company',
  });

export const deskAttorney = z.object({
  email: text.min(3),
  role: z.enum(['responsible', 'assisting', 'originating']).default('responsible'),
});

/** What the desk's form (or a test) may say about a matter. `client` is short for a list of one. */
export const matterForm = z.object({
  id: text.min(1).optional(),
  title: text.min(1, 'give the matter a title'),
  case_number: optionalText,
  case_type: optionalText,
  practice_area: optionalText,
  state: optionalText,
  county: optionalText,
  status: z.enum(['active', 'archived']).default('active'),
  description: optionalText,
  opened_on: optionalText,
  client: deskClient.optional(),
  clients: z.array(deskClient).optional(),
  other_sides: z.array(deskClient).default([]),
  attorneys: z.array(deskAttorney).default([]),
  tags: z.array(text.min(1)).default([]),
  custom_fields: z.record(z.string(), z.unknown()).default({}),
});

export type DeskClient = z.output<typeof deskClient> & { readonly id: string };
export type DeskAttorney = z.output<typeof deskAttorney>;
export type UploadStatus = 'uploaded' | 'approved' | 'rejected';

/** One request that the desk made for a matter, and what came of it. */
export interface Sending {
  readonly at: string;
  readonly what: string;
  readonly how: 'rest' | 'event';
  readonly request: string;
  readonly status: number;
  readonly ok: boolean;
  readonly problem: string;
  /** Matterline's error code; empty when all is well or no answer came. */
  readonly code: string;
  readonly hint: string;
  /** Matterline's answer as it came. */
  readonly answer: unknown;
  /** What exactly went out, for an event: the signature header and the body. */
  readonly sent: { readonly header: string; readonly signature: string | null; readonly body: string } | null;
}

/** One file that a client handed in. `document_id` ties the replacements of one document together. */
export interface DeskUpload {
  readonly id: string;
  readonly document_id: string;
  readonly file_name: string;
  readonly content_type: string;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly uploaded_at: string;
  readonly replaces_upload_id: string | null;
  status: UploadStatus;
  /** Idempotency key of the newest decision, so that pressing the button again repeats the request and not the deed. */
  decision_key: string;
  told_matterline: boolean;
}

/** A matter as the desk keeps it: CaseHug's picture of it, and what happened to it. */
export interface DeskMatter {
  readonly id: string;
  title: string;
  case_number: string | null;
  case_type: string | null;
  practice_area: string | null;
  state: string | null;
  county: string | null;
  status: 'active' | 'archived';
  description: string | null;
  opened_on: string | null;
  clients: DeskClient[];
  other_sides: DeskClient[];
  attorneys: DeskAttorney[];
  tags: string[];
  custom_fields: Record<string, unknown>;
  readonly created_at: string;
  updated_at: string;
  uploads: DeskUpload[];
  sendings: Sending[];
  /** The newest status that Matterline told us by `matter.status_changed`. */
  told_status: { readonly status: string; readonly at: string } | null;
}
