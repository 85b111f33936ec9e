import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes webhooks, checks the signature of every one, and counts. */
export class SignedReceiver {
  readonly key = 'bench signing key';
  good = 0;
  bad = 0;

  private constructor(
    readonly url: string,
    readonly stop: () => void,
  ) {}

  static async start(clientId: string): Promise<SignedReceiver> {
    const server = createServer((req, res) => {
      const { timestamp, requestid, signature } = req.headers;
      const text = `${String(timestamp)}|${String(requestid)}|${clientId}`;
      if (createHmac('sha256', receiver.key).update(text).digest('hex') === signature) receiver.good += 1;
      else receiver.bad += 1;
      req.resume().once('end', () => res.end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new SignedReceiver(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, () => {
      server.closeAllConnections();
      server.close();
    });
    return receiver;
  }
}
