import { Injectable } from '@nestjs/common';
import type { Role } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import {
  Clock,
  Database,
  FieldCipher,
  type FirmScope,
  hashToken,
  newId,
  newSecret,
  SearchHasher,
} from '@matterline/platform';
import { checkPassword, hashPassword } from './passwords';

const INVITATION_MS = 7 * 24 * 3600 * 1000;
const FAILURES_BEFORE_PAUSE = 10;
const PAUSE_BASE_MS = 30_000;
const PAUSE_MAX_MS = 15 * 60_000;

export interface User {
  readonly id: string;
  readonly firmId: string;
  readonly email: string;
  readonly role: Role;
}

interface UserRow {
  readonly id: string;
  readonly email_enc: Buffer;
  readonly role: Role;
  readonly password_hash: string | null;
  readonly failed_logins: number;
  readonly locked_until: Date | null;
}

/** One address is one person across firms, so its hash belongs to none. */
const NO_FIRM = '';

@Injectable()
export class Users {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  /** Idempotent by address. Without a password the user gets an invitation token, valid for 7 days. */
  async create(
    firmId: string,
    email: string,
    role: Role,
    password: string | null,
  ): Promise<{ userId: string; invitation: string | null; existed: boolean }> {
    const [known] = await this.database.directory<{ id: string; firm_id: string }>('find_user($1)', [
      this.emailKey(email),
    ]);
    if (known) {
      if (known.firm_id !== firmId) throw new Error('this e-mail address belongs to a user of another firm');
      return { userId: known.id, invitation: null, existed: true };
    }
    const id = newId('usr');
    const invitation = password === null ? newSecret('inv_') : null;
    const passwordHash = password === null ? null : await hashPassword(password);
    await this.database.forFirm(firmId, async (scope) => {
      await scope.change(
        `insert into users (id, firm_id, email_hash, email_enc, role, password_hash, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          id,
          firmId,
          this.emailKey(email),
          this.cipher.sealText(emailPlace(firmId, id), email.trim()),
          role,
          passwordHash,
          this.clock.now(),
        ],
      );
      if (invitation) {
        await scope.change(
          'insert into invitations (token_hash, firm_id, user_id, expires_at) values ($1, $2, $3, $4)',
          [hashToken(invitation), firmId, id, this.clock.in(INVITATION_MS)],
        );
      }
      await this.audit.record(scope, {
        actor: 'operator',
        action: 'user.create',
        subject: `user:${id}`,
        detail: { role },
      });
    });
    return { userId: id, invitation, existed: false };
  }

  /** @returns the user, or null – the same for an unknown address, a wrong password and a paused account. */
  async signIn(email: string, password: string): Promise<User | null> {
    const [known] = await this.database.directory<{ id: string; firm_id: string }>('find_user($1)', [
      this.emailKey(email),
    ]);
    if (!known) {
      await checkPassword(null, password);
      return null;
    }
    const row = await this.database.forFirm(known.firm_id, (scope) => findRow(scope, known.id));
    const paused = row?.locked_until != null && row.locked_until > this.clock.now();
    const matches = await checkPassword(row?.password_hash ?? null, password);
    await this.database.forFirm(known.firm_id, async (scope) => {
      if (!paused) await this.count(scope, known.id, matches);
      const action = matches && !paused ? 'user.sign_in' : 'user.sign_in_refused';
      await this.audit.record(scope, { actor: `user:${known.id}`, action, subject: `user:${known.id}` });
    });
    if (!row || !matches || paused) return null;
    return this.toUser(known.firm_id, row);
  }

  async get(firmId: string, id: string): Promise<User | null> {
    const row = await this.database.forFirm(firmId, (scope) => findRow(scope, id));
    return row && this.toUser(firmId, row);
  }

  /** Uses up an invitation. @returns false when it is unknown, used or over 7 days old. */
  async acceptInvitation(token: string, password: string): Promise<boolean> {
    const [found] = await this.database.directory<{ firm_id: string }>('find_invitation($1)', [hashToken(token)]);
    if (!found) return false;
    const passwordHash = await hashPassword(password);
    return await this.database.forFirm(found.firm_id, async (scope) => {
      const used = await scope.one<{ user_id: string }>(
        `update invitations set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2 returning user_id`,
        [hashToken(token), this.clock.now()],
      );
      if (!used) return false;
      await scope.change('update users set password_hash = $2 where id = $1', [used.user_id, passwordHash]);
      await this.audit.record(scope, {
        actor: `user:${used.user_id}`,
        action: 'user.accept_invitation',
        subject: `user:${used.user_id}`,
      });
      return true;
    });
  }

  /** Addresses are compared without case and white space. */
  private emailKey(email: string): Buffer {
    return this.hasher.hash(NO_FIRM, 'user-email', email.trim().toLowerCase());
  }

  private async count(scope: FirmScope, id: string, matches: boolean): Promise<void> {
    if (matches) {
      await scope.change('update users set failed_logins = 0, locked_until = null where id = $1', [id]);
      return;
    }
    const row = await scope.one<{ failed_logins: number }>(
      'update users set failed_logins = failed_logins + 1 where id = $1 returning failed_logins',
      [id],
    );
    const beyond = (row?.failed_logins ?? 0) - FAILURES_BEFORE_PAUSE;
    if (beyond < 0) return;
    const pauseMs = Math.min(PAUSE_BASE_MS * 2 ** beyond, PAUSE_MAX_MS);
    await scope.change('update users set locked_until = $2 where id = $1', [id, this.clock.in(pauseMs)]);
  }

  private toUser(firmId: string, row: UserRow): User {
    return {
      id: row.id,
      firmId,
      role: row.role,
      email: this.cipher.openText(emailPlace(firmId, row.id), row.email_enc),
    };
  }
}

const emailPlace = (firmId: string, rowId: string) => ({ firmId, field: 'users.email_enc', rowId });

async function findRow(scope: FirmScope, id: string): Promise<UserRow | null> {
  return await scope.one<UserRow>(
    'select id, email_enc, role, password_hash, failed_logins, locked_until from users where id = $1 and disabled_at is null',
    [id],
  );
}
