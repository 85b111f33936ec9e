import type { Firm } from '../model/firm';
import type { TagRecord } from '../model/records';
import { newVersion, raise } from '../resources/contact-changes';
import { tagNamed } from '../resources/contact-tags';
import { raiseAll, storeMatter } from '../resources/matter-changes';
import { matterTagNamed } from '../resources/matter-tags';
import type { World } from '../world';
import type { AsUserActions } from './as-user-actions';
import { AsUserError } from './as-user-error';
import { originOf } from './as-user-origin';

const NEW_TAG_COLOR = 'Brown';

/** Tags set by hand. Whether they raise an event is the switch `tag_events`, as it is for the API. */
export function tagActions(world: World): Pick<AsUserActions, 'tagContact' | 'tagMatter'> {
  const firmWith = (tenant: string, id: string, has: (firm: Firm) => boolean): Firm => {
    const firm = world.findTenant(tenant)?.firmWith(has);
    if (firm === undefined) throw new AsUserError(`There is no record ${id}.`);
    return firm;
  };
  return {
    tagContact: (tenant, id, names) => {
      const firm = firmWith(tenant, id, (candidate) => candidate.contacts.get(id) !== undefined);
      const before = firm.contacts.get(id);
      if (before === undefined) throw new AsUserError(`There is no contact ${id}.`);
      const tagIds = idsOf(names, (name) => tagNamed(world, firm, name));
      const now = firm.contacts.putAtOnce({ ...before, tagIds, ...newVersion(world) });
      world.noteChange({ kind: 'contact', tenant, id });
      if (world.switches().tag_events) raise(firm, { origin: originOf(world, firm) }, world, now, 'contact.updated');
      world.database.flush();
      return { id };
    },
    tagMatter: (tenant, id, names) => {
      const firm = firmWith(tenant, id, (candidate) => candidate.matters.get(id) !== undefined);
      const before = firm.matters.get(id);
      if (before === undefined) throw new AsUserError(`There is no matter ${id}.`);
      const staffTags = before.tagIds.filter((tagId) => firm.matterTags.get(tagId)?.type === 'Staff');
      const tagIds = [...staffTags, ...idsOf(names, (name) => matterTagNamed(world, firm, name, NEW_TAG_COLOR))];
      const origin = originOf(world, firm);
      const stored = storeMatter(firm, { ...before, tagIds }, origin, world);
      if (world.switches().tag_events) raiseAll(firm, stored, ['matter.updated'], origin, world);
      world.database.flush();
      return { id };
    },
  };
}

function idsOf(names: readonly string[], tagOf: (name: string) => TagRecord): readonly string[] {
  const given = names.map((name) => name.trim()).filter((name) => name !== '');
  return [...new Set(given.map((name) => tagOf(name).id))];
}
