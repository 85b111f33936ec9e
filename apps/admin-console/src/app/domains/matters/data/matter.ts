export const LINK_STATES = [
  'not_synced',
  'waiting_for_client',
  'needs_mapping',
  'needs_review',
  'pending',
  'accepted',
  'confirmed',
  'failed',
  'broken',
  'unlinked',
] as const;
export type LinkState = (typeof LINK_STATES)[number];

export interface LinkError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | null;
}

/** The type it has in Smokeball; the name is unknown while its catalogue was not read yet. */
export interface MatterType {
  readonly id: string;
  readonly name: string | null;
}

export interface Link {
  readonly state: LinkState;
  readonly smokeball_matter_id: string | null;
  readonly smokeball_number: string | null;
  readonly smokeball_status?: string | null;
  readonly url: string | null;
  readonly matter_type: MatterType | null;
  readonly error: LinkError | null;
}

export interface Party {
  readonly id: string;
  readonly first_name?: string | null;
  readonly last_name?: string | null;
  readonly company_name?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly mobile?: string | null;
}

export interface Attorney {
  readonly email: string;
  readonly role: 'responsible' | 'assisting' | 'originating';
}

/** A matter as CaseHug described it, with its link to Smokeball. Source: docs/http-api.md#matters. */
export interface Matter {
  readonly id: string;
  readonly title: string;
  readonly case_number: string | null;
  readonly case_type: string | null;
  readonly practice_area: string | null;
  readonly state: string | null;
  readonly county: string | null;
  readonly status: 'active' | 'archived';
  readonly description: string | null;
  readonly opened_on: string | null;
  readonly updated_at: string | null;
  readonly clients: readonly Party[];
  readonly other_sides: readonly Party[];
  readonly attorneys: readonly Attorney[];
  readonly tags: readonly string[];
  readonly link: Link;
}
