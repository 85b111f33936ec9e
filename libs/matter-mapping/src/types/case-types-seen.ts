import { Injectable } from '@nestjs/common';
import type { MatterPicture } from '@matterline/contracts';
import { Clock, FieldCipher, type FirmScope, SearchHasher } from '@matterline/platform';
import { locationOf } from './locations';
import { normaliseName } from './names';

/** A case type in a state, as CaseHug wrote it when it first sent one. */
export interface SeenCaseType {
  readonly caseType: string | null;
  readonly practiceArea: string | null;
  /** Short code. */
  readonly state: string | null;
}

interface Row {
  readonly case_type_hash: Buffer;
  readonly state: string;
  readonly words_enc: Buffer;
}

type Words = Pick<SeenCaseType, 'caseType' | 'practiceArea'>;

/** Which case types and states CaseHug has sent: what a person may want to map. The list of a firm ends somewhere. */
const SEEN_MAX = 1000;

@Injectable()
export class CaseTypesSeen {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
    private readonly clock: Clock,
  ) {}

  async note(scope: FirmScope, picture: MatterPicture, region: 'us' | 'au' | 'uk'): Promise<void> {
    const { case_type: caseType, practice_area: practiceArea } = picture;
    const name = normaliseName(caseType ?? '') || normaliseName(practiceArea ?? '');
    if (name === '') return;
    const hash = this.hasher.hash(
      scope.firmId,
      'case-type',
      `${normaliseName(caseType ?? '')}/${normaliseName(practiceArea ?? '')}`,
    );
    const state = locationOf(picture.state, region) ?? '';
    const words: Words = { caseType, practiceArea };
    await scope.change(
      `insert into case_types_seen (firm_id, case_type_hash, state, words_enc, seen_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [scope.firmId, hash, state, this.cipher.sealJson(place(scope.firmId, hash, state), words), this.clock.now()],
    );
  }

  async all(scope: FirmScope): Promise<SeenCaseType[]> {
    const rows = await scope.query<Row>(
      `select case_type_hash, state, words_enc from case_types_seen where firm_id = $1 order by seen_at desc limit ${SEEN_MAX}`,
      [scope.firmId],
    );
    return rows.map((row) => ({
      ...this.cipher.openJson<Words>(place(scope.firmId, row.case_type_hash, row.state), row.words_enc),
      state: row.state === '' ? null : row.state,
    }));
  }
}

const place = (firmId: string, hash: Buffer, state: string) => ({
  firmId,
  field: 'case_types_seen.words_enc',
  rowId: `${hash.toString('hex')}/${state}`,
});
