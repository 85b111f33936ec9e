import { Connection } from '@matterline/contracts';

/** What the server says of a connected firm. */
export const connection = (parts: Partial<Connection> = {}): { data: Connection } => ({
  data: {
    connected: true,
    state: 'connected',
    region: 'us',
    environment: 'production',
    firm_name: 'Harbor Law',
    settings: {
      auto_sync_on_approval: true,
      auto_sync_on_matter_created: false,
      auto_sync_updates: true,
      send_number: true,
      lead: false,
      close_on_archive: false,
      conflict_rule: 'last_writer',
      signature_header: 'X-CaseHug-Signature',
      signature_scheme: 'stripe',
      tolerance_s: 300,
    },
    last_sync: null,
    refresh_expires_at: '2027-05-03T10:00:00Z',
    webhooks: { state: 'active' },
    ...parts,
  },
});
