import { ContactCandidate, ContactReview } from '@matterline/contracts';

type Candidate = ContactReview['candidates'][number];

export function aCandidate(change: Partial<Candidate> = {}): Candidate {
  return {
    contact_id: 'con_1',
    kind: 'person' satisfies ContactCandidate['kind'],
    name: 'Bruno Rivera',
    email: 'anna@example.com',
    phones: ['617-399-8147'],
    address: '1 Elm Street, Boston, MA',
    likely: false,
    reasons_for: ['Same e-mail address'],
    reasons_against: ['Another first name: “Bruno”, not “Anna”'],
    url: 'https://app.smokeball.com/#/billing/view-contact/con_1/details',
    ...change,
  };
}

export function aReview(change: Partial<ContactReview> = {}): ContactReview {
  return {
    client_id: 'cli_1',
    name: 'Anna Rivera',
    kind: 'person',
    email: 'anna@example.com',
    phones: ['617 399 8147'],
    address: null,
    matters: [{ id: 'mat_1', title: 'Rivera v. Rivera' }],
    operation_id: 'op_1',
    found_at: '2026-03-07T14:00:00.000Z',
    postponed_until: null,
    candidates: [aCandidate()],
    decision: null,
    ...change,
  };
}
