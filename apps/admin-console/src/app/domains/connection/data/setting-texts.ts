import { FirmSettings } from '@matterline/contracts';

/** The settings that are switches. */
export type SettingKey = {
  [Key in keyof FirmSettings]: FirmSettings[Key] extends boolean ? Key : never;
}[keyof FirmSettings];

export interface SettingText {
  readonly key: SettingKey;
  readonly title: string;
  readonly text: string;
}

export const SETTING_TEXTS: readonly SettingText[] = [
  {
    key: 'auto_sync_on_approval',
    title: 'Send documents when they are approved',
    text: 'An approval in CaseHug sends the document, with its matter and client if they are not in Smokeball yet.',
  },
  {
    key: 'auto_sync_on_matter_created',
    title: 'Send matters when they are created',
    text: 'Without this, a matter goes to Smokeball with its first approved document or when you choose “Sync now”.',
  },
  {
    key: 'auto_sync_updates',
    title: 'Let edits follow',
    text: 'Later changes to a linked matter or client in CaseHug are carried over to Smokeball.',
  },
  {
    key: 'send_number',
    title: 'Keep the case number',
    text: 'The CaseHug case number becomes the Smokeball matter number. Off: Smokeball gives its own.',
  },
  {
    key: 'lead',
    title: 'Create leads instead of matters',
    text: 'New matters arrive in Smokeball as leads. Off again: a lead becomes a matter with its next edit or sync.',
  },
  {
    key: 'close_on_archive',
    title: 'Close when archived',
    text: 'Archiving a matter in CaseHug closes it in Smokeball.',
  },
];
