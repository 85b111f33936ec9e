/** What Smokeball asks the firm to allow, and what we need it for. */
export const GRANTS = [
  { name: 'Matters', why: 'to create and update them, and to show their status' },
  { name: 'Contacts', why: 'to find clients by e-mail or phone, and to add new ones' },
  { name: 'Files', why: 'to put approved documents into the matter' },
  { name: 'Staff', why: 'to set responsible and assisting attorneys' },
  { name: 'Firm', why: 'to show which firm is connected' },
  { name: 'Webhooks', why: 'to hear of changes made in Smokeball' },
] as const;

/** The texts users know from CaseHug's help; support quotes them, so they stay word for word. */
export const TROUBLES = [
  {
    title: '“Smokeball integration is not configured” error',
    text: 'Firms must request API access from the Smokeball partnership team before connecting. Once approved, CaseHug will configure your credentials.',
  },
  {
    title: '“Invalid state” error during OAuth',
    text: 'OAuth state tokens expire after 10 minutes. Return to Settings → Integrations and click Connect again.',
  },
  {
    title: 'Documents sync but don’t appear in Smokeball',
    text: 'Verify the matter is linked (check for Smokeball Matter ID on the detail page). Ensure the document is in “Approved” status.',
  },
  {
    title: 'Matter type not matched correctly',
    text: 'CaseHug maps case types by name. If your firm uses custom Smokeball matter types, configure custom mappings in Settings → Integrations.',
  },
] as const;
