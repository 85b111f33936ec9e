import type { SimulatorCore } from '../../core';
import { ExtensionList } from './extension-list';
import { PbxDesk } from './pbx-desk';
import { pbxSettings, type PbxSettings } from './pbx-settings';

const CURRENT = 'pbx';
const ALL = 'pbx-tenants';

/** The phones of one tenant, and the list of its extensions at Matterline. */
export interface PbxOffice {
  readonly desk: PbxDesk;
  readonly extensions: ExtensionList;
}

/** The tenants of the simulated PBX. They do not see each other; the one that was saved last is meant when none is named. */
export class PbxTenants {
  private readonly offices = new Map<string, PbxOffice>();

  constructor(private readonly sim: SimulatorCore) {}

  all(): readonly PbxSettings[] {
    const stored = this.sim.settings.get(ALL);
    const many = Array.isArray(stored) ? stored.flatMap((one) => readable(one) ?? []) : [];
    const current = this.current();
    const isListed = current === undefined || many.some((one) => one.tenant_id === current.tenant_id);
    return isListed ? many : [...many, current];
  }

  current(): PbxSettings | undefined {
    return readable(this.sim.settings.get(CURRENT));
  }

  /** Without an id: the current one. */
  find(tenantId?: string): PbxSettings | undefined {
    return tenantId === undefined || tenantId === ''
      ? this.current()
      : this.all().find((one) => one.tenant_id === tenantId);
  }

  put(settings: PbxSettings): void {
    const others = this.all();
    const isKnown = others.some((one) => one.tenant_id === settings.tenant_id);
    const all = isKnown
      ? others.map((one) => (one.tenant_id === settings.tenant_id ? settings : one))
      : [...others, settings];
    this.sim.settings.put(ALL, all);
    this.sim.settings.put(CURRENT, settings);
  }

  remove(tenantId: string): void {
    const left = this.all().filter((one) => one.tenant_id !== tenantId);
    this.closeOffice(tenantId);
    this.sim.settings.put(ALL, left);
    if (this.current()?.tenant_id === tenantId) this.sim.settings.put(CURRENT, left[0] ?? null);
  }

  office(tenantId?: string): PbxOffice {
    const id = this.find(tenantId)?.tenant_id ?? '';
    const known = this.offices.get(id);
    if (known !== undefined) return known;
    const settings = (): PbxSettings | undefined => (id === '' ? undefined : this.find(id));
    const desk = new PbxDesk(settings);
    const office = { desk, extensions: new ExtensionList(desk.line, settings) };
    this.offices.set(id, office);
    return office;
  }

  sendAllExtensions(): void {
    for (const { tenant_id: id } of this.all()) void this.office(id).extensions.send();
  }

  close(): void {
    for (const id of [...this.offices.keys()]) this.closeOffice(id);
  }

  private closeOffice(id: string): void {
    this.offices.get(id)?.extensions.stop();
    this.offices.get(id)?.desk.agentPages.close();
    this.offices.delete(id);
  }
}

function readable(stored: unknown): PbxSettings | undefined {
  const read = pbxSettings.safeParse(stored);
  return read.success ? read.data : undefined;
}
