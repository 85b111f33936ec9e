/** The groups of routes. */
export const TAGS = {
  matters: 'Matters, as CaseHug’s services see them.',
  documents: 'Documents of a matter.',
  sync: 'What is done to Smokeball: begin, follow, try again.',
  issues: 'Failures by their cause, and who is told of them.',
  connection: 'The firm’s connection to Smokeball, and its settings.',
  mapping: 'What case types become in Smokeball.',
  webhooks: 'Where we notify CaseHug.',
  deliveries: 'What CaseHug and Smokeball deliver to us, signed.',
  vodia: 'What a Vodia PBX asks and tells.',
  console: 'Signing in to the console, and what its pages read. The pages’ own routes may change without notice.',
  health: 'How the process does.',
} as const;
