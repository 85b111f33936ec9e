import type { KeyRing } from './key-ring';
import { open, seal, sealedKeyVersion } from './sealed-box';

/** Names the place a value belongs to; part of what is authenticated. */
export interface FieldPlace {
  readonly firmId: string;
  /** `table.column` */
  readonly field: string;
  readonly rowId: string;
}

const contextOf = (place: FieldPlace) => `${place.field}/${place.firmId}/${place.rowId}`;

/** Encrypts and opens single values of firm rows. Every stored value carries its key version. */
export class FieldCipher {
  constructor(private readonly keys: KeyRing) {}

  sealBytes(place: FieldPlace, plain: Buffer): Buffer {
    const version = this.keys.currentVersion;
    return seal(this.keys.dataKey(version), version, plain, contextOf(place));
  }

  openBytes(place: FieldPlace, sealed: Buffer): Buffer {
    return open(this.keys.dataKey(sealedKeyVersion(sealed)), sealed, contextOf(place));
  }

  sealText(place: FieldPlace, plain: string): Buffer {
    return this.sealBytes(place, Buffer.from(plain, 'utf8'));
  }

  openText(place: FieldPlace, sealed: Buffer): string {
    return this.openBytes(place, sealed).toString('utf8');
  }

  sealJson(place: FieldPlace, value: unknown): Buffer {
    return this.sealText(place, JSON.stringify(value));
  }

  /** The caller names the type it stored; the authentication tag vouches that it is the same value. */
  openJson<T>(place: FieldPlace, sealed: Buffer): T {
    return JSON.parse(this.openText(place, sealed)) as T;
  }
}
