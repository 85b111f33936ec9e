import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@matterline/platform';
import { createTransport } from 'nodemailer';
import type { AlertMessage } from './alert-text';

const TIMEOUT_MS = 15_000;

/** `error` is null when it was taken; else a code, never the receiver's words. */
export interface Sent {
  readonly error: string | null;
}

export const codeOf = (error: unknown): string =>
  (error instanceof Error ? ((error as { code?: string }).code ?? error.name) : 'error').slice(0, 60);

/** Sends mail through the server that SMTP_URL names. The message's id is ours, so that a repeat can be told from a second one. */
@Injectable()
export class Mailer {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async send(id: string, to: string, message: AlertMessage): Promise<Sent> {
    if (this.config.smtpUrl === null) return { error: 'not_configured' };
    const transport = createTransport({
      url: this.config.smtpUrl,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // A message holds text of ours alone; nothing is ever read from a file or fetched for it.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        from: this.config.smtpFrom,
        to: { name: '', address: to },
        subject: message.subject,
        text: message.text,
        messageId: `<${id}@${new URL(this.config.publicUrl).hostname}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { error: null };
    } catch (error) {
      return { error: codeOf(error) };
    } finally {
      transport.close();
    }
  }
}
