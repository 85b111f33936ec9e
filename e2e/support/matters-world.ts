import { newId } from './new-id';
import { aMatter } from './a-matter';
import { mustCall, type Parsed } from './http';
import { untilLink } from './until';
import { waitFor } from './wait-for';
import { openWorld, type World } from './world';

type Fields = Readonly<Record<string, unknown>>;

export interface OneOperation {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly retryable: boolean } | null;
  readonly notices: readonly { readonly code: string }[];
}

/** What Smokeball does not take away is waited for twenty seconds, and looked at with growing pauses. */
const SETTLED_WITHIN_MS = 60_000;

/** A connected firm, seen from both ends: what CaseHug sends, and what then stands in the simulated Smokeball. */
export class MattersWorld {
  private constructor(readonly world: World) {}

  static async open(): Promise<MattersWorld> {
    return new MattersWorld(await openWorld());
  }

  async close(): Promise<void> {
    await this.world.product.stop();
  }

  async put(id: string, json: unknown, query = ''): Promise<void> {
    await this.must('PUT', `/api/v1/matters/${id}${query}`, json);
  }

  async settings(settings: Fields): Promise<void> {
    await this.must('PATCH', '/api/v1/integrations/smokeball/status', { settings });
  }

  /** Sends a new matter and waits until it stands there. */
  async linked(
    parts: Fields = {},
  ): Promise<{ readonly id: string; readonly sent: ReturnType<typeof aMatter>; readonly remoteId: string }> {
    const [id, sent] = [newId('mat'), aMatter(parts)];
    await this.put(id, sent, '?sync=true');
    const matter = (await untilLink(this.world.firm, id, 'confirmed')) as { link: { smokeball_matter_id: string } };
    await this.settled(id);
    return { id, sent, remoteId: matter.link.smokeball_matter_id };
  }

  /** Sends an edit of a linked matter and waits until nothing of it is open any more. */
  async edit(id: string, change: Fields, query = ''): Promise<void> {
    await this.put(id, change, query);
    await this.settled(id);
  }

  async settled(id: string): Promise<OneOperation[]> {
    const look = async () => {
      const all = await this.operations(id);
      const isOpen = all.some(({ state }) => ['pending', 'running', 'accepted'].includes(state));
      return isOpen ? null : all;
    };
    return await waitFor(`${id} to have nothing open`, look, { limitMs: SETTLED_WITHIN_MS });
  }

  /** The matter’s operations, newest first. */
  async operations(id: string): Promise<OneOperation[]> {
    const path = `/api/v1/integrations/smokeball/sync?matter_id=${id}&per_page=100`;
    return ((await this.world.firm.api('GET', path)).body as { data: OneOperation[] }).data;
  }

  async operation(id: string, kind: string): Promise<OneOperation> {
    const found = (await this.operations(id)).find((one) => one.kind === kind);
    if (!found) throw new Error(`${id} has no ${kind}`);
    return found;
  }

  /** As Smokeball shows it; undefined while it is not there. */
  async remote(id: string): Promise<Parsed> {
    const { matters } = await this.world.product.simulator.firm();
    const found = (matters as { externalSystemId?: string }[]).filter((one) => one.externalSystemId === id);
    if (found.length > 1) throw new Error(`${found.length} matters carry ${id}`);
    return found[0];
  }

  async staffId(email: string): Promise<string> {
    const { staff } = (await this.world.product.simulator.firm()) as unknown as {
      staff: { id: string; email: string }[];
    };
    const found = staff.find((one) => one.email === email);
    if (!found) throw new Error(`nobody has the address ${email}`);
    return found.id;
  }

  /** A person changes it in Smokeball. */
  async asUser(remoteId: string, fields: Fields): Promise<void> {
    await this.world.product.simulator.changeMatterAsUser(remoteId, fields);
  }

  async tagAsUser(remoteId: string, tags: readonly string[]): Promise<void> {
    await mustCall('PUT', `${this.world.product.simulator.url}/_sim/us/as-user/matters/${remoteId}/tags`, {
      json: { tags },
    });
  }

  async switch(switches: Fields): Promise<void> {
    await mustCall('PATCH', `${this.world.product.simulator.url}/_sim/switches`, { json: switches });
  }

  /** Writes to Smokeball that matter to matters, as `METHOD template`, since a request number. */
  async calls(since: number): Promise<string[]> {
    const requests = await this.world.product.simulator.requests('us', since);
    return requests.map(({ method, template }) => `${method} ${template}`);
  }

  async since(): Promise<number> {
    return await this.world.product.simulator.newestRequest();
  }

  private async must(method: string, path: string, json: unknown): Promise<void> {
    const answer = await this.world.firm.api(method, path, { json });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  }
}
