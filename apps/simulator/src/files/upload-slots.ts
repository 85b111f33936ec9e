import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Firm } from '../model/firm';
import type { Table } from '../store/table';
import type { Origin } from '../webhooks/event';
import type { World } from '../world';
import { ingestFile, cancelFile, type IngestJob } from './file-changes';

export interface UploadSlot {
  readonly tenant: string;
  readonly accountId: string;
  readonly matterId: string;
  readonly fileId: string;
  readonly origin: Origin;
  readonly used: boolean;
}

/** What the storage checks of a presigned address. */
export type PresignCheck = 'good' | 'expired' | 'bad-signature' | 'incomplete';

const BUCKET = 'sim-documents';
const ACCESS_KEY = 'AKIASIMULATOR0000000';
const SECRET = 'the simulator signs its own addresses with this';

/** Presigned addresses (signature version 2, as S3 knew it) and what becomes of the bytes that are put there. */
export class UploadSlots {
  constructor(private readonly world: World) {
    world.scheduler.handle('ingest', (data) => ingestFile(world, data as IngestJob));
    world.scheduler.handle('upload-expiry', (data) => this.expire(data as { tenant: string; key: string }));
  }

  /** A new address for the bytes of one file. A file that never got bytes is cancelled when it runs out. */
  open(
    firm: Firm,
    file: { readonly id: string; readonly matterId: string; readonly folderId: string | null; readonly name: string },
    origin: Origin,
  ): { readonly fileId: string; readonly uploadUrl: string; readonly expiry: string } {
    const { tenant, accountId } = firm;
    const parts = [
      accountId,
      origin.userId ?? '',
      file.matterId,
      file.folderId ?? '',
      file.id,
      file.name,
      this.world.random.hex(6),
    ];
    const key = `apiuploads/${Buffer.from(`${parts.join('|')}`, 'utf8').toString('base64url')}`;
    const ttlS = this.world.switches().upload_url_ttl_s;
    const expiresS = Math.floor(this.world.clock.now() / 1000) + ttlS;
    const slot = { tenant, accountId, matterId: file.matterId, fileId: file.id, origin, used: false };
    this.slots(tenant).put(key, slot);
    this.world.scheduler.addAt(tenant, 'upload-expiry', expiresS * 1000, { tenant, key });
    return {
      fileId: file.id,
      uploadUrl: this.presign(tenant, 'PUT', key, expiresS),
      expiry: this.world.clock.iso(expiresS * 1000),
    };
  }

  /** An address that gives the bytes of one version. */
  download(
    tenant: string,
    accountId: string,
    sha256: string,
    fileName: string,
  ): { readonly downloadUrl: string; readonly expiry: string } {
    const expiresS = Math.floor(this.world.clock.now() / 1000) + this.world.switches().download_url_ttl_s;
    const key = `documents/${accountId}/${sha256}/${encodeURIComponent(fileName)}`;
    return { downloadUrl: this.presign(tenant, 'GET', key, expiresS), expiry: this.world.clock.iso(expiresS * 1000) };
  }

  /** `path` is the whole path as it came: the signature covers the bucket too. */
  check(method: string, path: string, query: URLSearchParams, contentType: string): PresignCheck {
    const expires = query.get('Expires');
    const signature = query.get('Signature');
    if (expires === null || signature === null || query.get('AWSAccessKeyId') !== ACCESS_KEY) return 'incomplete';
    if (!/^\d+$/.test(expires) || Number(expires) * 1000 <= this.world.clock.now()) return 'expired';
    const wanted = Buffer.from(sign(method, path, Number(expires), contentType));
    const given = Buffer.from(signature);
    return wanted.length === given.length && timingSafeEqual(wanted, given) ? 'good' : 'bad-signature';
  }

  /** Takes the bytes of an address that was checked; they become a version after the ingest delay. */
  accept(tenant: string, key: string, bytes: Buffer): boolean {
    const slot = this.slots(tenant).get(key);
    if (slot === undefined) return false;
    const sha256 = this.world.blobs.put(bytes);
    this.slots(tenant).put(key, { ...slot, used: true });
    const { accountId, fileId, origin } = slot;
    const job: IngestJob = { tenant, accountId, fileId, sha256, sizeBytes: bytes.length, origin };
    const isLate = !this.world.isOff('lateIngest');
    if (isLate)
      this.world.scheduler.add(tenant, 'ingest', this.world.random.within(this.world.switches().ingest_ms), job);
    else ingestFile(this.world, job);
    this.world.database.flush();
    return true;
  }

  private presign(tenant: string, method: string, key: string, expiresS: number): string {
    const path = `/${tenant}/s3/${BUCKET}/${key}`;
    const query = new URLSearchParams({
      AWSAccessKeyId: ACCESS_KEY,
      Expires: `${expiresS}`,
      Signature: sign(method, path, expiresS, ''),
    });
    return `${this.world.publicUrl}${path}?${query.toString()}`;
  }

  private slots(tenant: string): Table<UploadSlot> {
    return this.world.database.table<UploadSlot>(`t/${tenant}/upload-slots`);
  }

  private expire({ tenant, key }: { readonly tenant: string; readonly key: string }): void {
    const slot = this.slots(tenant).get(key);
    if (slot === undefined) return;
    this.slots(tenant).delete(key);
    if (!slot.used && !this.world.isOff('lateIngest')) cancelFile(this.world, slot);
  }
}

/** AWS signature version 2: it covers the content type, which is why a client must not send one. */
function sign(method: string, path: string, expiresS: number, contentType: string): string {
  const text = `${method}\n\n${contentType}\n${expiresS}\n${path}`;
  return createHmac('sha1', SECRET).update(text, 'utf8').digest('base64');
}
