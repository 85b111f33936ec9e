import { shownPop } from './shown-pop';
import { streamEvents } from './event-stream';
import type { ShownPop } from './desk-call';
import type { PbxLine } from './pbx-line';

const OPEN_WITHIN_MS = 2_000;
const REOPEN_AFTER_MS = 3_000;
const POPS_KEPT = 10;

/** Something that arrived on an extension's agent page. */
export interface AgentEvent {
  readonly at: string;
  readonly event: string;
  readonly pop: ShownPop | null;
  readonly raw: unknown;
}

interface OpenPage {
  readonly closed: AbortController;
  readonly opened: Promise<void>;
  events: readonly AgentEvent[];
  problem: string;
}

/**
 * A webhook's answer is shown to nobody, so with webhooks the pop-up goes to Matterline's agent page: a stream of events
 * per extension, opened with a user token. This keeps one open for each phone that rings by webhook.
 */
export class AgentPages {
  private readonly pages = new Map<string, OpenPage>();

  constructor(private readonly line: PbxLine) {}

  /** Opens the page of an extension unless it is open; waits until it is, but never longer than two seconds. */
  async open(extension: string): Promise<void> {
    const page = this.pages.get(extension) ?? this.start(extension);
    const limit = new Promise<void>((resolve) => setTimeout(resolve, OPEN_WITHIN_MS).unref());
    await Promise.race([page.opened, limit]);
  }

  /** What arrived on an extension's page, newest first; undefined when it is not open. */
  seen(extension: string): { readonly events: readonly AgentEvent[]; readonly problem: string } | undefined {
    const page = this.pages.get(extension);
    return page === undefined ? undefined : { events: page.events, problem: page.problem };
  }

  close(): void {
    for (const page of this.pages.values()) page.closed.abort();
    this.pages.clear();
  }

  private start(extension: string): OpenPage {
    const closed = new AbortController();
    let markOpen = (): void => undefined;
    const opened = new Promise<void>((resolve) => (markOpen = resolve));
    const page: OpenPage = { closed, opened, events: [], problem: '' };
    this.pages.set(extension, page);
    void this.follow(extension, page, markOpen);
    return page;
  }

  private async follow(extension: string, page: OpenPage, markOpen: () => void): Promise<void> {
    while (!page.closed.signal.aborted) {
      page.problem = await this.read(extension, page, markOpen);
      await pause(REOPEN_AFTER_MS, page.closed.signal);
    }
  }

  /** Reads until the stream ends; gives the reason in plain words. */
  private async read(extension: string, page: OpenPage, markOpen: () => void): Promise<string> {
    const token = await this.userToken(extension);
    const address = this.line.address(
      `/agents/${encodeURIComponent(extension)}/events?t=${encodeURIComponent(token ?? '')}`,
    );
    if (token === undefined || address === undefined) return 'Matterline gave no user token for the agent page.';
    try {
      const response = await fetch(address, { headers: { accept: 'text/event-stream' }, signal: page.closed.signal });
      if (!response.ok || response.body === null) return `The agent page answered with status ${response.status}.`;
      page.problem = '';
      markOpen();
      for await (const { event, data } of streamEvents(response.body)) this.note(page, event, data);
      return 'The agent page was closed by Matterline; it is opened again.';
    } catch {
      return 'The agent page cannot be reached.';
    }
  }

  private async userToken(extension: string): Promise<string | undefined> {
    const answer = await this.line.call({
      method: 'POST',
      path: `/pairings/${encodeURIComponent(extension)}/user-token`,
    });
    const token = (answer.body as { token?: unknown } | null)?.token;
    return typeof token === 'string' ? token : undefined;
  }

  private note(page: OpenPage, event: string, data: string): void {
    const raw = parsed(data);
    const seen: AgentEvent = { at: new Date().toISOString(), event, pop: shownPop(raw), raw };
    page.events = [seen, ...page.events].slice(0, POPS_KEPT);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref();
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
