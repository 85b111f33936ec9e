import { createHash } from 'node:crypto';
import type { MatterRecord } from '../model/records';
import { text } from './read-input';

/** An item of a matter as it is read: less than was written, and with an id, which lasts as long as its place. */
export interface MatterItemView {
  readonly type: 'role' | 'layout';
  readonly id: string;
  readonly name: string;
  readonly subItems: Readonly<Record<string, readonly MatterItemView[]>>;
}

/** The items of a matter, by their type (docs/smokeball-api.md#matters). */
export function matterItemViews(matter: MatterRecord): Readonly<Record<string, readonly MatterItemView[]>> {
  return viewsOf(matter.items, matter.id);
}

function viewsOf(items: unknown, place: string): Record<string, readonly MatterItemView[]> {
  const views: Record<string, readonly MatterItemView[]> = {};
  for (const [type, written] of Object.entries(items ?? {})) {
    if (Array.isArray(written)) views[type] = written.map((item, at) => viewOf(item, type, `${place} ${type} ${at}`));
  }
  return views;
}

function viewOf(item: unknown, type: string, place: string): MatterItemView {
  const fields = Object(item) as Readonly<Record<string, unknown>>;
  const isRole = text(fields['contactId']) !== null || fields['contact'] !== undefined;
  return {
    type: isRole ? 'role' : 'layout',
    id: text(fields['id']) ?? idOf(place),
    name: text(fields['roleDescription']) ?? text(fields['description']) ?? type,
    subItems: viewsOf(fields['subItems'], place),
  };
}

function idOf(place: string): string {
  const h = createHash('sha1').update(place).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-9${h.slice(17, 20)}-${h.slice(20, 32)}`;
}
