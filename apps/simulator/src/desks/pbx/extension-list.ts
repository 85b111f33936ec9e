import type { PbxLine } from './pbx-line';
import type { PbxSettings } from './pbx-settings';

const RETRY_MS = 5_000;

/** Sends the tenant's extensions (`PUT …/extensions`, a bare array), again every 5 s until Matterline took them. */
export class ExtensionList {
  private problem = '';
  private sent = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly line: PbxLine,
    private readonly settings: () => PbxSettings | undefined,
  ) {}

  state(): { readonly sent: boolean; readonly problem: string } {
    return { sent: this.sent, problem: this.problem };
  }

  async send(): Promise<void> {
    clearTimeout(this.timer);
    const extensions = this.settings()?.extensions ?? [];
    if (extensions.length === 0) return;
    const body = JSON.stringify(extensions.map((one) => ({ ...one, aliases: [] })));
    const answer = await this.line.call({ method: 'PUT', path: '/extensions', body });
    this.sent = answer.ok;
    this.problem = answer.problem;
    if (!answer.ok && !this.stopped) this.timer = setTimeout(() => void this.send(), RETRY_MS).unref();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
