import { Injectable, type OnModuleInit } from '@nestjs/common';
import { connectionPlace, Firms, readConnection, SmokeballAccess } from '@matterline/auth';
import { ChangeNotices, Clock, Database, FieldCipher, isDatabaseAway, Log } from '@matterline/platform';

/** What a delivery's verification needs of its hook. */
export interface Hook {
  readonly firmId: string;
  /** What Smokeball signs with. */
  readonly key: string;
  readonly clientId: string;
  readonly toleranceS: number;
  readonly accountId: string | null;
}

interface Page {
  readonly hook: Hook;
  readonly readAtMs: number;
}

const TOLERANCE_S = 300;
/** A change of key, settings or connection is known after this at the latest; where it announces itself, at once. */
const KNOWN_MS = 4_000;
/** From this age on a page is read anew while the old one still serves. */
const STALE_MS = 2_000;
const PAGES_MAX = 10_000;

/** The platform's pieces that the book needs besides. */
@Injectable()
export class HookBookParts {
  constructor(
    readonly changes: ChangeNotices,
    readonly clock: Clock,
    readonly log: Log,
  ) {}
}

/** Keeps in mind, for seconds, what the hooks in use need, so that a delivery costs one statement: the one that stores it. */
@Injectable()
export class HookBook implements OnModuleInit {
  private readonly pages = new Map<string, Page>();
  private readonly reading = new Map<string, Promise<Hook | null>>();

  constructor(
    private readonly database: Database,
    private readonly firms: Firms,
    private readonly access: SmokeballAccess,
    private readonly cipher: FieldCipher,
    private readonly parts: HookBookParts,
  ) {}

  onModuleInit(): void {
    this.parts.changes.everywhere().subscribe(({ kind, firmId }) => {
      if (kind === 'connection') this.forget(firmId);
    });
  }

  /** The hook as it stands in memory, or undefined when it has to be looked up. */
  known(hookId: string): Hook | undefined {
    const page = this.pages.get(hookId);
    if (!page) return undefined;
    const ageMs = this.parts.clock.nowMs() - page.readAtMs;
    // A clock set back makes every age doubtful.
    if (ageMs < 0 || ageMs >= KNOWN_MS) return undefined;
    if (ageMs >= STALE_MS) void this.look(hookId).catch((error: unknown) => this.note(error));
    return page.hook;
  }

  /** Null for a hook that nobody has, or whose connection has ended. Those who ask at once share one reading. */
  async look(hookId: string): Promise<Hook | null> {
    const under = this.reading.get(hookId);
    if (under) return await under;
    const reading = this.read(hookId).finally(() => this.reading.delete(hookId));
    this.reading.set(hookId, reading);
    return await reading;
  }

  private async read(hookId: string): Promise<Hook | null> {
    const readAtMs = this.parts.clock.nowMs();
    const hook = await this.readHook(hookId);
    this.pages.delete(hookId);
    if (!hook) return null;
    const [oldest] = this.pages.keys();
    if (this.pages.size >= PAGES_MAX && oldest !== undefined) this.pages.delete(oldest);
    this.pages.set(hookId, { hook, readAtMs });
    return hook;
  }

  private async readHook(hookId: string): Promise<Hook | null> {
    const [found] = await this.database.directory<{ firm_id: string }>('find_hook($1)', [hookId]);
    if (!found) return null;
    const firmId = found.firm_id;
    const place = await this.access.place(firmId);
    if (!place) return null;
    return await this.database.forFirm(firmId, async (scope) => {
      const connection = await readConnection(scope);
      if (!connection?.hook_key_enc) return null;
      const { tolerance_s: toleranceS } = (await this.firms.read(scope)).settings;
      return {
        firmId,
        key: this.cipher.openText(connectionPlace(firmId, 'hook_key_enc'), connection.hook_key_enc),
        clientId: place.app.clientId,
        toleranceS: toleranceS ?? TOLERANCE_S,
        accountId: connection.account_id,
      };
    });
  }

  private forget(firmId: string): void {
    for (const [hookId, { hook }] of this.pages) if (hook.firmId === firmId) this.pages.delete(hookId);
  }

  private note(error: unknown): void {
    if (!isDatabaseAway(error)) this.parts.log.error('hook.read.failed', { error });
  }
}
