import { Injectable } from '@nestjs/common';
import type { AccountQuestion } from '@matterline/contracts';
import { ChangeNotices, Clock, Database, FieldCipher, type FirmScope, newId } from '@matterline/platform';
import type { NewConnection } from './connection-records';
import { readConnection } from './connection-row';

/** As long as a sign-in's state. Source: docs/http-api.md#another-account */
export const QUESTION_LIFETIME_MS = 10 * 60_000;

interface QuestionRow {
  readonly id: string;
  readonly account_id: string;
  readonly firm_name: string;
  readonly user_id: string;
  readonly access_token_enc: Buffer;
  readonly refresh_token_enc: Buffer;
  readonly expires_in_s: number;
  readonly asked_at: Date;
}

const COLUMNS = 'id, account_id, firm_name, user_id, access_token_enc, refresh_token_enc, expires_in_s, asked_at';
const place = (firmId: string, id: string, column: 'access_token_enc' | 'refresh_token_enc') => ({
  firmId,
  field: `account_questions.${column}`,
  rowId: id,
});

/** A sign-in to another account than the firm's: kept aside, sealed, for ten minutes, until somebody says whether it is meant. */
@Injectable()
export class AccountQuestions {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly changes: ChangeNotices,
  ) {}

  /** The newest sign-in replaces an earlier question. */
  async ask(scope: FirmScope, { accountId, firmName, tokens, userId }: NewConnection): Promise<void> {
    const id = newId('ask');
    const seal = (column: 'access_token_enc' | 'refresh_token_enc', token: string) =>
      this.cipher.sealText(place(scope.firmId, id, column), token);
    await scope.change('delete from account_questions where firm_id = $1', [scope.firmId]);
    await scope.change(
      `insert into account_questions (firm_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        scope.firmId,
        id,
        accountId,
        firmName,
        userId,
        seal('access_token_enc', tokens.accessToken),
        seal('refresh_token_enc', tokens.refreshToken ?? ''),
        tokens.expiresInS,
        this.clock.now(),
      ],
    );
    await this.changes.announce(scope, { kind: 'connection', id: scope.firmId });
  }

  /** The open question, or null. */
  async open(firmId: string): Promise<AccountQuestion | null> {
    return await this.database.forFirm(firmId, async (scope) => {
      const row = await scope.one<QuestionRow>(
        `select ${COLUMNS} from account_questions where firm_id = $1 and asked_at > $2`,
        [firmId, this.oldest()],
      );
      if (!row) return null;
      const present = await readConnection(scope);
      const links = await scope.one<{ matters: number; contacts: number; documents: number }>(
        `select (select count(*)::int from matter_links where firm_id = $1 and smokeball_matter_id is not null) as matters,
                (select count(*)::int from contact_links where firm_id = $1 and smokeball_contact_id is not null) as contacts,
                (select count(*)::int from documents where firm_id = $1 and smokeball_file_id is not null) as documents`,
        [firmId],
      );
      return {
        id: row.id,
        firm_name: row.firm_name,
        present_firm_name: present?.firm_name ?? null,
        links: links ?? { matters: 0, contacts: 0, documents: 0 },
        expires_at: new Date(row.asked_at.getTime() + QUESTION_LIFETIME_MS).toISOString(),
      };
    });
  }

  /** Uses the question up. @returns null when it is unknown, used, replaced or older than ten minutes. */
  async take(scope: FirmScope, id: string): Promise<NewConnection | null> {
    const row = await scope.one<QuestionRow>(
      `delete from account_questions where firm_id = $1 and id = $2 and asked_at > $3 returning ${COLUMNS}`,
      [scope.firmId, id, this.oldest()],
    );
    if (!row) return null;
    const open = (column: 'access_token_enc' | 'refresh_token_enc') =>
      this.cipher.openText(place(scope.firmId, id, column), row[column]);
    const refreshToken = open('refresh_token_enc');
    return {
      accountId: row.account_id,
      firmName: row.firm_name,
      userId: row.user_id,
      tokens: {
        accessToken: open('access_token_enc'),
        expiresInS: row.expires_in_s,
        ...(refreshToken === '' ? {} : { refreshToken }),
      },
      consentedAt: row.asked_at,
    };
  }

  private oldest(): Date {
    return new Date(this.clock.nowMs() - QUESTION_LIFETIME_MS);
  }
}
