import type { SeenRequest } from './fake-matterline';

export interface Part {
  readonly name: string;
  readonly head: string;
  readonly content: Buffer;
}

/** Cuts a multipart body by hand (RFC 7578), so that the order on the wire is what is checked. */
export function partsOf(request: SeenRequest | undefined): readonly Part[] {
  const boundary = /boundary=(.+)$/.exec(request?.headers['content-type'] ?? '')?.[1] ?? '';
  const text = (request?.body ?? Buffer.alloc(0)).toString('latin1');
  const pieces = text.split(`--${boundary}`).slice(1, -1);
  return pieces.map((piece) => {
    const split = piece.indexOf('\r\n\r\n');
    const head = piece.slice(0, split);
    return {
      name: /name="([^"]+)"/.exec(head)?.[1] ?? '',
      head,
      content: Buffer.from(piece.slice(split + 4, -2), 'latin1'),
    };
  });
}
