import type { DeskStore } from '../desk-store';
import { FormError } from '../form-error';
import { CasehugSender } from './casehug-sender';
import type { CasehugSettings } from './casehug-settings';
import type { DeskMatter, DeskUpload, Sending } from './desk-matter';
import { clientEventData, documentEventData, matterEventData, type CasehugEventType } from './event-payload';
import type { EventFlaw } from './event-flaw';
import { LiveViews } from './live-view';
import { MatterBook, type NewUpload } from './matter-book';
import { NotificationBook } from './notification-book';
import { ReceiverRegistration } from './receiver-registration';
import type { SignatureScheme } from './sign-event';
import type { EventWish } from './signed-event';

/** How the desk tells Matterline of something: the service API, a signed event, or (for rehearsals) not at all. */
export type SendAs =
  | { readonly how: 'rest' | 'none' }
  | { readonly how: 'event'; readonly scheme: SignatureScheme; readonly flaw: EventFlaw };

/** The CaseHug desk: what a firm's staff does in CaseHug, and what CaseHug then sends to Matterline. */
export class CasehugDesk {
  readonly book: MatterBook;
  readonly notifications: NotificationBook;
  readonly sender: CasehugSender;
  readonly receiver: ReceiverRegistration;
  readonly live: LiveViews;

  constructor(store: DeskStore, settings: () => CasehugSettings | undefined, receiverUrl: () => string) {
    this.book = new MatterBook(store);
    this.notifications = new NotificationBook(store);
    this.sender = new CasehugSender(settings);
    this.receiver = new ReceiverRegistration(store, this.sender, settings, receiverUrl);
    this.live = new LiveViews(this.sender);
  }

  async create(input: unknown, sendAs: SendAs): Promise<DeskMatter> {
    const matter = this.book.create(input);
    if (sendAs.how === 'rest') await this.note(matter, this.sender.putMatter(matter, 'Matter created', false));
    for (const client of matter.clients) await this.event(matter, 'client.created', clientEventData(client), sendAs);
    await this.event(matter, 'matter.created', matterEventData(matter), sendAs);
    return matter;
  }

  async change(matter: DeskMatter, patch: Readonly<Record<string, unknown>>, sendAs: SendAs): Promise<void> {
    const before = matter.status;
    this.book.change(matter, patch);
    const archived = before === 'active' && matter.status === 'archived';
    const what = archived ? 'Matter archived' : 'Matter changed';
    if (sendAs.how === 'rest') await this.note(matter, this.sender.putMatter(matter, what, false));
    await this.event(matter, archived ? 'matter.archived' : 'matter.updated', matterEventData(matter), sendAs);
  }

  /** "Sync to Smokeball": always by the service API, since CaseHug has no event for it. */
  async sync(matter: DeskMatter): Promise<Sending> {
    return this.note(matter, this.sender.putMatter(matter, 'Sync to Smokeball', true));
  }

  /** Keeps a file at the desk. `tell` also sends it while nobody has approved it; by default CaseHug waits for the attorney. */
  async upload(matter: DeskMatter, file: NewUpload, sendAs: SendAs, tell: boolean): Promise<DeskUpload> {
    const upload = this.book.addUpload(matter, file);
    if (tell && sendAs.how === 'rest') await this.sendBytes(matter, upload, 'Upload sent, not approved yet');
    await this.documentEvent(matter, upload, 'document.uploaded', sendAs);
    return upload;
  }

  async approve(matter: DeskMatter, upload: DeskUpload, sendAs: SendAs): Promise<void> {
    this.book.decide(upload, 'approved');
    if (sendAs.how === 'rest') await this.sendBytes(matter, upload, 'Document approved');
    await this.documentEvent(matter, upload, 'document.approved', sendAs);
  }

  /** A rejection is sent by the service API only when Matterline has heard of the upload before. */
  async reject(matter: DeskMatter, upload: DeskUpload, sendAs: SendAs): Promise<void> {
    this.book.decide(upload, 'rejected');
    if (sendAs.how === 'rest' && upload.told_matterline) await this.sendBytes(matter, upload, 'Document rejected');
    await this.documentEvent(matter, upload, 'document.rejected', sendAs);
  }

  /** One event by itself, right or wrong on purpose; nothing changes at the desk but the list of what was sent. */
  async sendOne(matter: DeskMatter, wish: EventWish): Promise<Sending> {
    return this.note(matter, this.sender.event(wish));
  }

  /** One event that is about no matter, so that none remembers it. */
  async sendTest(wish: EventWish): Promise<Sending> {
    return this.sender.event(wish);
  }

  private async sendBytes(matter: DeskMatter, upload: DeskUpload, what: string): Promise<void> {
    const bytes = this.book.bytesOf(upload);
    if (bytes === undefined)
      throw new FormError(`The bytes of ${upload.file_name} are no longer at this desk. Upload it again.`);
    const sending = await this.note(
      matter,
      this.sender.postDocument(matter, upload, bytes, `${what}: ${upload.file_name}`),
    );
    if (sending.ok) this.book.noteToldUpload(upload);
    // Matterline keeps a refusal under its key for a day; without an answer (or with a 5xx) the key must stay the same.
    else if (sending.status >= 400 && sending.status < 500) this.book.renewKey(upload);
  }

  private async documentEvent(
    matter: DeskMatter,
    upload: DeskUpload,
    type: CasehugEventType,
    sendAs: SendAs,
  ): Promise<void> {
    await this.event(matter, type, documentEventData(matter, upload, new Date().toISOString()), sendAs);
  }

  private async event(
    matter: DeskMatter,
    type: CasehugEventType,
    data: Readonly<Record<string, unknown>>,
    sendAs: SendAs,
  ): Promise<void> {
    if (sendAs.how !== 'event') return;
    const { scheme, flaw } = sendAs;
    await this.note(matter, this.sender.event({ type, data, scheme, flaw }));
  }

  private async note(matter: DeskMatter, sent: Promise<Sending>): Promise<Sending> {
    const sending = await sent;
    this.book.noteSending(matter, sending);
    this.live.outdate(matter.id);
    return sending;
  }
}
