import { startEmbeddedProduct } from './embedded-product';
import { startExternalProduct } from './external-product';
import type { Product, ProductOptions } from './product';

/** The product in the way that `npm test` asks for (MATTERLINE_TEST_WAY), embedded by default. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  if (process.env['MATTERLINE_TEST_WAY'] !== 'external') return await startEmbeddedProduct(options);
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env;
  if (!databaseUrl || !redisUrl) throw new Error('the external way needs DATABASE_URL and REDIS_URL: run `npm test`');
  return await startExternalProduct({ databaseUrl, redisUrl }, options);
}
