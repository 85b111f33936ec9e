import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  readonly to: string;
  /** Headers and body as they came. */
  readonly raw: string;
}

export interface MailServer {
  readonly url: string;
  readonly mails: Mail[];
  /** While it is set, every mail is refused with it. */
  refuse: string | null;
  close(): Promise<void>;
}

/** A real mail server on a free port that keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
  const mails: Mail[] = [];
  const state = { refuse: null as string | null };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (state.refuse !== null) return done(new Error(state.refuse));
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address).join(),
          raw: Buffer.concat(parts).toString('utf8'),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    get refuse() {
      return state.refuse;
    },
    set refuse(why) {
      state.refuse = why;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
