import { NamedOperationDetail } from '@matterline/contracts';

/** An invented failed operation; give what the test is about. */
export function anOperation(parts: Partial<NamedOperationDetail> = {}): NamedOperationDetail {
  return {
    id: 'op_1',
    kind: 'document.push',
    state: 'failed',
    trigger: 'auto',
    title: 'Send document Agreement.pdf',
    matter_id: 'mat_1',
    matter_title: 'Okafor v. Transit Authority',
    entity: { type: 'document', id: 'upl_1' },
    attempts: 2,
    error: {
      code: 'smokeball_unavailable',
      message: 'Smokeball did not answer.',
      hint: 'It is tried again by itself.',
      retryable: true,
    },
    next_attempt_at: null,
    created_at: '2026-11-22T10:00:00.000Z',
    finished_at: null,
    request_ids: ['req_sb_1'],
    batch_id: null,
    notices: [],
    attempt_log: [],
    steps: [],
    ...parts,
  };
}
