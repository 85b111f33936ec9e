import { Client } from 'pg';
import type { Product } from './product';

/** One question to the product's database, asked as its owner: for what no interface shows, such as that nothing was stored. */
export async function askDatabase<Row>(product: Product, sql: string, parameters: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: product.databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows as Row[];
  } finally {
    await client.end();
  }
}
