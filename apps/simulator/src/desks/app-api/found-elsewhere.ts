import type { SmokeballBehind } from '../smokeball-behind';

/** The name of another tenant that holds the record; a link to the wrong region is an easy mistake to make. */
export function foundElsewhere(
  sim: SmokeballBehind,
  except: string,
  list: 'matters' | 'contacts',
  id: string,
): { readonly tenant: string } | undefined {
  const other = sim.tenants().find(({ name }) => {
    return name !== except && sim.findTenant(name)?.firmWith((firm) => firm[list].get(id) !== undefined) !== undefined;
  });
  return other === undefined ? undefined : { tenant: other.name };
}
