import { StateWord } from '../../../shared/ui/tone';

export type DocumentState = 'received' | 'pending' | 'accepted' | 'confirmed' | 'failed';

/** Source: docs/http-api.md#documents. */
export interface MatterDocument {
  readonly upload_id: string;
  readonly document_id: string | null;
  readonly file_name: string;
  readonly state: DocumentState;
  readonly smokeball_file_id: string | null;
  readonly smokeball_version_id: string | null;
  readonly sha256: string | null;
  readonly size_bytes: number | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string | null } | null;
}

const WORDS: Readonly<Record<DocumentState, StateWord>> = {
  received: { tone: 'quiet', word: 'Not approved yet' },
  pending: { tone: 'wait', word: 'On its way' },
  accepted: { tone: 'info', word: 'Accepted' },
  confirmed: { tone: 'ok', word: 'In Smokeball' },
  failed: { tone: 'bad', word: 'Failed' },
};

export function documentWord(state: DocumentState): StateWord {
  return WORDS[state] ?? { tone: 'quiet', word: state };
}
