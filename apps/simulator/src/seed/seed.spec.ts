import { SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

type Kind = 'person' | 'company' | 'trust' | 'groupOfPeople';
const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  us: ['person', 'company', 'trust', 'groupOfPeople'],
  au: ['person', 'company', 'groupOfPeople'],
  uk: ['person', 'company'],
};
const TENANTS = ['us', 'us-staging', 'au', 'au-staging', 'uk', 'uk-staging'];
const STATUSES = ['Open', 'Pending', 'Closed', 'Deleted', 'Cancelled'];
const PUNCTUATION = /[^\d]/g;

describe.each(TENANTS)('the seed data of %s', (tenant) => {
  let sim: SimulatorUnderTest;
  let firms: Record<string, Json[]>[];

  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
    firms = [await sim.firm(0, tenant), await sim.firm(1, tenant)];
  });
  afterAll(() => sim.close());

  const region = tenant.slice(0, 2);
  const rows = (firm: number, name: string): Json[] => firms[firm]?.[name] ?? [];
  const phones = (firm: number): { readonly areaCode?: string; readonly number: string }[] =>
    rows(firm, 'contacts').flatMap((contact) => {
      const body = (contact['person'] ?? contact['company'] ?? contact['trust'] ?? {}) as Record<string, never>;
      return [body['phone'], body['cell']].flatMap((phone) => phone ?? []);
    });

  it('is two firms with different names and people of their own', () => {
    expect(new Set(firms.map((firm) => firm['name'])).size).toBe(2);
    const [ours, theirs] = [rows(0, 'contacts'), rows(1, 'contacts')].map((list) => list.map(({ id }) => id));
    expect(ours?.filter((id) => theirs?.includes(id))).toEqual([]);
  });

  describe.each([0, 1])('firm %d', (firm) => {
    it('has active, former and disabled staff, some without initials or a cell', () => {
      const staff = rows(firm, 'staff');
      expect(staff.filter(({ former, enabled }) => former === false && enabled === true).length).toBeGreaterThan(1);
      expect(staff.some(({ former }) => former === true)).toBe(true);
      expect(staff.some(({ enabled, former }) => enabled === false && former === false)).toBe(true);
      expect(staff.some(({ initials }) => initials === undefined || initials === null)).toBe(true);
    });

    it('has contacts of every kind that the region knows, a deleted one among them', () => {
      const kinds = rows(firm, 'contacts').flatMap((contact) => {
        return (['person', 'company', 'trust', 'groupOfPeople'] as const).filter((kind) => contact[kind] !== undefined);
      });
      expect([...new Set(kinds)].sort()).toEqual([...(KINDS[region] ?? [])].sort());
      expect(rows(firm, 'contacts').some(({ isDeleted }) => isDeleted === true)).toBe(true);
    });

    it.each<readonly [string, (phone: { readonly areaCode?: string; readonly number: string }) => boolean]>([
      ['digits alone', ({ areaCode, number }) => areaCode === undefined && /^\d+$/.test(number)],
      ['an area code of its own', ({ areaCode }) => areaCode !== undefined],
      ['a country code', ({ number }) => number.startsWith('+')],
      ['blanks or signs in between', ({ number }) => /\d[ .-]\d/.test(number)],
      ['a blank in front', ({ number }) => number.startsWith(' ')],
      ['an extension or a remark', ({ number }) => /x \d|ext \d|\(\w+[,)]|\/ \w/.test(number)],
    ])('has phone numbers with %s', (_name, fits) => {
      expect(phones(firm).some(fits)).toBe(true);
    });

    it('has a number that several people share', () => {
      const counts = new Map<string, number>();
      for (const { areaCode = '', number } of phones(firm)) {
        const digits = `${areaCode}${number}`.replace(PUNCTUATION, '');
        counts.set(digits, (counts.get(digits) ?? 0) + 1);
      }
      expect(Math.max(...counts.values())).toBeGreaterThan(1);
    });

    it('has matters in every status and a lead', () => {
      expect(new Set(rows(firm, 'matters').map(({ status }) => status))).toEqual(new Set(STATUSES));
      expect(rows(firm, 'matters').some(({ isLead }) => isLead === true)).toBe(true);
    });

    it('has a matter that one user may see and another may not', async () => {
      const [first, second] = rows(firm, 'users').map(({ email }) => String(email));
      const seen = async (email = ''): Promise<Map<unknown, number>> => {
        await sim.registerPartner(tenant);
        await sim.connect(tenant, email);
        const ids = rows(firm, 'matters').map(({ id }) => String(id));
        const statuses = ids.map(async (id) => (await sim.api('GET', `/matters/${id}`, { tenant })).status);
        const answers = await Promise.all(statuses);
        return new Map(ids.map((id, index) => [id, answers[index] ?? 0]));
      };
      const hidden = [...(await seen(first))].filter(([, status]) => status === 403).map(([id]) => id);
      expect(hidden).toHaveLength(1);
      expect((await seen(second)).get(hidden[0])).toBe(200);
    });
  });
});
