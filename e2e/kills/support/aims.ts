/** When, seen from Smokeball, the process dies. */
export type Moment =
  /** The call is under way and never reaches Smokeball's store. */
  | 'before, never done'
  /** The call is under way; Smokeball does it after the process has died. */
  | 'before, done later'
  /** Smokeball has done it; the answer has not been read. */
  | 'after, answer unread'
  /** The answer has been read; what it said is not stored yet. */
  | 'after, answer read';

export interface Aim {
  readonly step: 'contact' | 'matter' | 'file slot' | 'upload' | 'confirmation';
  /** The operation that makes this step. */
  readonly kind: 'contact.push' | 'matter.push' | 'document.push';
  /** A route of the simulator, as its faults name it. */
  readonly route: string;
  readonly moment: Moment;
  /** Smokeball's webhooks get lost meanwhile, so that confirming takes a read. */
  readonly deaf?: boolean;
}

const FILES = '/matters/{matterId}/documents/files';
const CREATES: readonly Pick<Aim, 'step' | 'kind' | 'route'>[] = [
  { step: 'contact', kind: 'contact.push', route: 'POST /contacts' },
  { step: 'matter', kind: 'matter.push', route: 'POST /matters' },
  { step: 'file slot', kind: 'document.push', route: `POST ${FILES}` },
  { step: 'upload', kind: 'document.push', route: 'PUT /s3' },
];
const MOMENTS: readonly Moment[] = [
  'before, never done',
  'before, done later',
  'after, answer unread',
  'after, answer read',
];

/** Twenty kills: every writing step at each of four moments, and four while a confirmation is read. */
export const AIMS: readonly Aim[] = [
  ...CREATES.flatMap((create) => MOMENTS.map((moment) => ({ ...create, moment }))),
  { step: 'confirmation', kind: 'contact.push', route: 'GET /contacts/{id}', moment: 'before, never done', deaf: true },
  { step: 'confirmation', kind: 'matter.push', route: 'GET /matters/{id}', moment: 'after, answer unread', deaf: true },
  { step: 'confirmation', kind: 'document.push', route: `GET ${FILES}/{fileId}`, moment: 'before, never done' },
  { step: 'confirmation', kind: 'document.push', route: `GET ${FILES}/{fileId}`, moment: 'after, answer unread' },
];
