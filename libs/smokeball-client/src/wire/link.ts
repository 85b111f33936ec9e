import { z } from 'zod';
import { text } from './scalars';

/**
 * A reference to another record. The official description says `relation`, real answers say `rel`: both are read as `relation`.
 * `href` may be relative, absolute or in another case than `id`: never parse an id out of it. docs/smokeball-api.md#async-writes
 */
export const linkSchema = z
  .object({ id: text, href: text, relation: text, rel: text, method: text, name: text })
  .transform(({ rel, ...link }) => ({ ...link, relation: link.relation ?? rel }));

export type Link = z.output<typeof linkSchema>;

export const links = z.array(linkSchema).default([]);

/** Answer to a create: the id is final although the record is not readable yet. */
export const createdSchema = linkSchema.refine(hasId, { path: ['id'], error: 'no id' });

export type Created = Link & { readonly id: string };

function hasId(link: Link): link is Created {
  return link.id !== undefined && link.id !== '';
}

/** Answer to a change or removal: some come as a Link, some empty. Nothing in it is needed. */
export const acceptedSchema = z.unknown().transform(() => undefined);

/** Ids of links, or the deprecated flat ids where the links are absent. */
export function linkIds(found: readonly Link[], flat: readonly string[] = []): readonly string[] {
  const ids = found.flatMap((link) => (link.id === undefined ? [] : [link.id]));
  return ids.length > 0 ? ids : flat;
}
