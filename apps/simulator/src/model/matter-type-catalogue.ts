import { createHash } from 'node:crypto';
import { CATEGORIES, LOCATIONS } from './matter-type-names';
import type { Region } from './region';

export interface MatterTypeRecord {
  /** `guid_STATE` */
  readonly id: string;
  readonly versionId: string;
  readonly name: string;
  readonly category: string;
  /** 0 matter, 1 lead. */
  readonly type: 0 | 1;
  readonly representativeOptions: readonly string[];
  readonly location: string;
}

/** The generated, read-only catalogue of one region: every type in every state, once for matters and once for leads. */
export class MatterTypeCatalogue {
  private static readonly made = new Map<Region, MatterTypeCatalogue>();
  readonly types: readonly MatterTypeRecord[];
  readonly categories: readonly string[];
  private readonly byId = new Map<string, MatterTypeRecord>();

  private constructor(region: Region) {
    this.types = LOCATIONS[region].flatMap((location) => typesIn(location));
    this.categories = [...new Set(this.types.map((type) => type.category))].sort();
    for (const type of this.types) this.byId.set(type.id.toLowerCase(), type);
  }

  static of(region: Region): MatterTypeCatalogue {
    const known = MatterTypeCatalogue.made.get(region);
    if (known !== undefined) return known;
    const made = new MatterTypeCatalogue(region);
    MatterTypeCatalogue.made.set(region, made);
    return made;
  }

  /** Ids are compared without regard to case. */
  get(id: string): MatterTypeRecord | undefined {
    return this.byId.get(id.toLowerCase());
  }

  /** The first matter type with this name, in a location; for seed data and demonstrations. */
  named(name: string, location: string): MatterTypeRecord | undefined {
    return this.types.find((type) => type.type === 0 && type.name === name && type.location === location);
  }
}

interface TypeSpec {
  readonly guid: string;
  readonly versionId: string;
  readonly name: string;
  readonly category: string;
  readonly type: 0 | 1;
  readonly representativeOptions: readonly string[];
}

/** The same type has the same guid in every state. */
const SPECS: readonly TypeSpec[] = CATEGORIES.flatMap(({ category, roles, names }) =>
  names.flatMap((name) =>
    ([0, 1] as const).map((type) => ({
      guid: guidOf(`type ${category} ${name} ${type}`),
      versionId: guidOf(`version ${category} ${name} ${type}`),
      name,
      category,
      type,
      representativeOptions: [...new Set(roles.flat())],
    })),
  ),
);

function typesIn(location: string): MatterTypeRecord[] {
  return SPECS.map(({ guid, ...rest }) => ({ id: `${guid}_${location}`, location, ...rest }));
}

function guidOf(text: string): string {
  const h = createHash('sha1').update(text).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}
