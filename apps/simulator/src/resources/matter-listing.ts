import type { MatterRecord } from '../model/records';
import type { Listing } from '../store/listing';

/** The matters that lists see, by contact too (a client, the other side, or another role). */
export class MatterListing implements Listing<MatterRecord> {
  private readonly rows = new Map<string, MatterRecord>();
  private readonly byContact = new Map<string, Set<string>>();

  show(id: string, row: MatterRecord | undefined): void {
    const before = this.rows.get(id);
    if (before !== undefined) for (const contact of partiesOf(before)) this.byContact.get(contact)?.delete(id);
    if (row === undefined) {
      this.rows.delete(id);
      return;
    }
    this.rows.set(id, row);
    for (const contact of partiesOf(row)) {
      const ids = this.byContact.get(contact);
      if (ids === undefined) this.byContact.set(contact, new Set([id]));
      else ids.add(id);
    }
  }

  values(): Iterable<MatterRecord> {
    return this.rows.values();
  }

  ofContact(contactId: string): MatterRecord[] {
    return [...(this.byContact.get(contactId) ?? [])].flatMap((id) => this.rows.get(id) ?? []);
  }
}

function partiesOf(matter: MatterRecord): Set<string> {
  const others = matter.extraRoles.flatMap((role) => role.contactId ?? []);
  return new Set([...matter.clientIds, ...matter.otherSideIds, ...others]);
}
