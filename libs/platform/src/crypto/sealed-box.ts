import { type CipherGCM, createCipheriv, createDecipheriv, type DecipherGCM, randomBytes } from 'node:crypto';

const FORMAT = 1;
const HEADER_BYTES = 5;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BODY_AT = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;
const STEP_BYTES = 16 * 1024;

/**
 * AES-256-GCM (NIST SP 800-38D) with a self-describing header: format (1 byte), key version (4 bytes), nonce (12), tag (16).
 * The context is authenticated but not stored: a value moved to another row or column does not open.
 */
export function seal(key: Buffer, keyVersion: number, plain: Buffer, context: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(FORMAT, 0);
  header.writeUInt32BE(keyVersion, 1);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]));
  const sealed = Buffer.allocUnsafe(BODY_AT + plain.length);
  pass(cipher, plain, sealed.subarray(BODY_AT));
  header.copy(sealed);
  nonce.copy(sealed, HEADER_BYTES);
  cipher.getAuthTag().copy(sealed, HEADER_BYTES + NONCE_BYTES);
  return sealed;
}

/** The key version that a sealed value names in its header. */
export function sealedKeyVersion(sealed: Buffer): number {
  if (sealed.length < BODY_AT || sealed.readUInt8(0) !== FORMAT) {
    throw new Error('not a sealed value');
  }
  return sealed.readUInt32BE(1);
}

/** @throws when the key, the context or any byte differs. */
export function open(key: Buffer, sealed: Buffer, context: string): Buffer {
  const header = sealed.subarray(0, HEADER_BYTES);
  const nonce = sealed.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  const tag = sealed.subarray(HEADER_BYTES + NONCE_BYTES, BODY_AT);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]));
  decipher.setAuthTag(tag);
  const plain = Buffer.allocUnsafe(sealed.length - BODY_AT);
  pass(decipher, sealed.subarray(BODY_AT), plain);
  return plain;
}

/** In small steps: what a cipher gives out is a copy, and large ones would outlive the young generation that is cheap to collect. */
function pass(cipher: CipherGCM | DecipherGCM, from: Buffer, to: Buffer): void {
  for (let at = 0; at < from.length; at += STEP_BYTES) cipher.update(from.subarray(at, at + STEP_BYTES)).copy(to, at);
  cipher.final();
}
