import { Firm } from './firm';
import type { Product, ProductOptions } from './product';
import { startProduct } from './start-product';

/** What most tests of the outside contract need: the product, a connected firm and another firm that is not. */
export interface World {
  readonly product: Product;
  /** In the United States, connected to the simulated Smokeball. */
  readonly firm: Firm;
  /** In Australia, not connected; its records must stay its own. */
  readonly other: Firm;
}

export async function openWorld(options: ProductOptions = {}): Promise<World> {
  const env = { SMOKEBALL_RATE: '500', SMOKEBALL_BURST: '500', ...options.env };
  const product = await startProduct({ ...options, env });
  try {
    await product.simulator.makeQuick();
    const [firm, other] = await Promise.all([
      Firm.make(product, { name: 'Connected LLP' }),
      Firm.make(product, { name: 'Other & Sons', region: 'au' }),
    ]);
    await firm.connect();
    return { product, firm, other };
  } catch (error) {
    await product.stop();
    throw error;
  }
}

export const WORLD_MS = 300_000;
