import type { OperationFilter } from '@matterline/contracts';
import type { SearchHasher } from '@matterline/platform';

export interface FilterSql {
  readonly where: string;
  readonly parameters: unknown[];
}

/** A filter of the history as SQL over `operations o`. Unknown values match nothing. */
export function filterSql(firmId: string, filter: OperationFilter, hasher: SearchHasher): FilterSql {
  const parts = ['o.firm_id = $1'];
  const parameters: unknown[] = [firmId];
  const add = (sql: (at: string) => string, value: unknown) => {
    parameters.push(value);
    parts.push(sql(`$${parameters.length}`));
  };
  if (filter.state) add((at) => `o.state = ${at}`, filter.state);
  if (filter.kind) add((at) => `o.kind = ${at}`, filter.kind);
  if (filter.error_code) add((at) => `o.error_code = ${at}`, filter.error_code);
  if (filter.matter_id) add((at) => `o.matter_id = ${at}`, filter.matter_id);
  if (filter.batch_id)
    add(
      (at) => `o.id in (select operation_id from batch_operations where firm_id = $1 and batch_id = ${at})`,
      filter.batch_id,
    );
  if (filter.from) add((at) => `o.created_at >= ${at}`, new Date(filter.from));
  if (filter.to) add((at) => `o.created_at <= ${at}`, new Date(filter.to));
  const q = filter.q?.trim();
  if (q) {
    parameters.push(`${q.replace(/[\\%_]/g, '\\$&')}%`, hasher.question(firmId, q));
    const prefix = `$${parameters.length - 1}`;
    const words = `$${parameters.length}::bytea[]`;
    parts.push(
      `(o.id like ${prefix} or o.matter_id like ${prefix} or o.entity_id like ${prefix} or o.error_code like ${prefix}
        or (cardinality(${words}) > 0 and (
          exists (select from matters m where m.firm_id = o.firm_id and m.matter_id = o.matter_id and m.search @> ${words})
          or (o.entity_type = 'document' and exists (select from documents d where d.firm_id = o.firm_id and d.upload_id = o.entity_id and d.search @> ${words})))))`,
    );
  }
  return { where: parts.join(' and '), parameters };
}
