import { Injectable } from '@nestjs/common';
import type { Role } from '@matterline/contracts';
import { Clock, Database, hashToken, newSecret } from '@matterline/platform';

export const SESSION_COOKIE = 'ml_session';
export const CSRF_COOKIE = 'csrf';
export const SESSION_MAX_MS = 12 * 3600 * 1000;
const IDLE_MAX_MS = 2 * 3600 * 1000;
const TOUCH_EVERY_MS = 60_000;

export interface Session {
  readonly firmId: string;
  readonly userId: string;
  readonly role: Role;
  readonly csrfHash: Buffer;
}

interface SessionRow {
  readonly user_id: string;
  readonly csrf_hash: Buffer;
  readonly role: Role;
  readonly last_seen_at: Date;
}

/** Console sessions: kept as hashes, ended by sign-out, after 2 hours without use and after 12 hours in any case. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async open(firmId: string, userId: string): Promise<{ token: string; csrf: string }> {
    const token = newSecret('');
    const csrf = newSecret('');
    const now = this.clock.now();
    await this.database.forFirm(firmId, async (scope) => {
      await scope.change('delete from sessions where user_id = $1 and expires_at < $2', [userId, now]);
      await scope.change(
        `insert into sessions (token_hash, firm_id, user_id, csrf_hash, created_at, last_seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $5, $6)`,
        [hashToken(token), firmId, userId, hashToken(csrf), now, this.clock.in(SESSION_MAX_MS)],
      );
    });
    return { token, csrf };
  }

  async find(token: string): Promise<Session | null> {
    const hash = hashToken(token);
    const [found] = await this.database.directory<{ firm_id: string }>('find_session($1)', [hash]);
    if (!found) return null;
    const now = this.clock.now();
    return await this.database.forFirm(found.firm_id, async (scope) => {
      const row = await scope.one<SessionRow>(
        `select s.user_id, s.csrf_hash, u.role, s.last_seen_at from sessions s join users u on u.id = s.user_id
          where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and u.disabled_at is null`,
        [hash, now, new Date(now.getTime() - IDLE_MAX_MS)],
      );
      if (!row) return null;
      if (now.getTime() - row.last_seen_at.getTime() > TOUCH_EVERY_MS) {
        await scope.change('update sessions set last_seen_at = $2 where token_hash = $1', [hash, now]);
      }
      return { firmId: found.firm_id, userId: row.user_id, role: row.role, csrfHash: row.csrf_hash };
    });
  }

  async close(firmId: string, token: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      await scope.change('delete from sessions where token_hash = $1', [hashToken(token)]);
    });
  }
}
