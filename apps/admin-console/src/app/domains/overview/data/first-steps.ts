import { ConnectionState } from '@matterline/contracts';

export interface FirstStep {
  readonly title: string;
  readonly text: string;
  readonly link: string;
  readonly linkText: string;
  readonly done: boolean;
}

export interface Progress {
  readonly connection: ConnectionState;
  readonly matterSynced: boolean;
  readonly phonePaired: boolean;
}

/** The way from an empty console to a working one. */
export function firstSteps(progress: Progress): readonly FirstStep[] {
  return [
    {
      title: 'Connect Smokeball',
      text: 'A firm admin signs in to Smokeball and clicks Allow. It takes under 2 minutes.',
      link: '/settings/integrations',
      linkText: 'Go to Integrations',
      done: progress.connection !== 'not_configured' && progress.connection !== 'disconnected',
    },
    {
      title: 'See the first matter arrive',
      text: 'Approve a document in CaseHug: its client, matter and file appear in Smokeball within seconds.',
      link: '/sync-history',
      linkText: 'Watch the sync history',
      done: progress.matterSynced,
    },
    {
      title: 'Take the first call',
      text: 'Pair an extension, then let it ring: name, matter and a link into Smokeball show while it rings.',
      link: '/telephony',
      linkText: 'See the extensions',
      done: progress.phonePaired,
    },
  ];
}
