import { ByHand } from './by-hand';

const SLOW_MS = 60_000;

interface Seen {
  readonly sideways: number;
  readonly unnamed: readonly string[];
  readonly background: string;
}

/** Runs in the page: how far it reaches beyond the screen, and which fields have no name. */
const LOOK = `(() => {
  const root = document.documentElement;
  const fields = [...document.querySelectorAll('input:not([hidden]), select, textarea')];
  const unnamed = fields.filter((one) => !one.labels?.length && !one.getAttribute('aria-label')).map((one) => one.name);
  const background = getComputedStyle(document.body).backgroundColor;
  return { sideways: root.scrollWidth - root.clientWidth, unnamed, background };
})()`;

describe('the faults page and the look of every page', () => {
  let hand: ByHand;

  beforeAll(async () => void (hand = await ByHand.start()), SLOW_MS);
  afterAll(async () => hand?.stop());
  afterEach(() => expect(hand.complaints.splice(0)).toEqual([]));

  it(
    'lays faults on one route, sees them count down, and takes them away',
    async () => {
      await hand.open('/faults/');
      const form = hand.page.locator('#fault-form');
      await form.getByLabel('Find an operation').fill('GET contacts/{id}');
      await form.getByLabel('Route').selectOption('GET /contacts/{id}');
      await form.locator('[name=status]').selectOption('429');
      await form.getByLabel('How many times').fill('2');
      await hand.press('Lay this fault');
      await hand.says('GET /contacts/{id}: answered 429, 2 more times.');
      expect((await hand.sim.api('GET', '/contacts/x')).status).toBe(429);
      const standing = hand.page.locator('#standing');
      await standing.getByText('once more').waitFor();
      await hand.press('Take away the fault on GET /contacts/{id}');
      await hand.says('The fault on GET /contacts/{id} is taken away.');
      expect((await hand.sim.api('GET', '/contacts/x')).status).toBe(404);
      for (const [kind, words] of [
        ['slow', '3 s late'],
        ['hang', 'no answer at all'],
        ['reset-before', 'the line breaks before the work is done'],
        ['reset-after', 'the work is done, then the line breaks'],
        ['async', 'taken, and refused later'],
      ] as const) {
        await form.getByLabel('What goes wrong').selectOption(kind);
        await hand.press('Lay this fault');
        await standing.getByText(words).first().waitFor();
      }
      await hand.press('All well again');
      await hand.page.getByText('All is well. Nothing is broken.').waitFor();
    },
    SLOW_MS,
  );

  it(
    'sets webhooks, clock and rate limit',
    async () => {
      const switches = async (): Promise<Record<string, unknown>> =>
        (await hand.get('/_sim/switches')) as Record<string, unknown>;
      await hand.page.getByLabel('Lost, percent').fill('50');
      await hand.page.getByLabel('and at most, seconds').fill('3');
      await hand.press('Save for all notifications');
      await hand.says('50% of the notifications are lost');
      expect(await switches()).toMatchObject({ drop_p: 0.5, webhook_delay_ms: { max: 3000 } });
      await hand.page.locator('#force-form').getByLabel('How many').fill('3');
      await hand.press('Do this to the next notifications');
      await hand.says('The next 3 notifications are lost.');
      await hand.press('+ 1 hour');
      await hand.says('1 hour later');
      await hand.page.locator('#clock').getByText('1 hour ahead of the real time').waitFor();
      await hand.page.locator('#bucket-form [name=rule]').selectOption('window');
      await hand.page.getByLabel('At once (burst)').fill('7');
      await hand.press('Save the limit');
      await hand.says('7 in each whole second');
      expect((await switches())['bucket']).toMatchObject({ enabled: true, fixed_window: true, burst: 7 });
    },
    SLOW_MS,
  );

  it('turns a behaviour off and on again', async () => {
    await hand.page.locator('#off-form').getByLabel('Behaviour').selectOption('11');
    await hand.press('Turn off');
    await hand.says('Behaviour 11: rate limit is turned off.');
    expect(await hand.get('/_sim/switches')).toMatchObject({ off: [11] });
    await hand.press('Turn on again 11: rate limit');
    await hand.page.getByText('None: everything behaves as Smokeball does.').waitFor();
  });

  it(
    'expires and revokes sign-ins, uninstalls, and starts over; asks before what cannot be taken back',
    async () => {
      await hand.page.getByText('tom.jones@harborpine.example').waitFor();
      await hand.press('Expire access tokens of Harbor & Pine LLP for partner');
      await hand.says('One sign-in was hit.');
      expect((await hand.sim.api('GET', '/firm')).status).toBe(401);
      await hand.press('Revoke the permission of Harbor & Pine LLP for partner');
      await hand.agree('Cancel');
      expect(await hand.page.getByText('tom.jones@harborpine.example').count()).toBe(1);
      await hand.press('Revoke the permission of Harbor & Pine LLP for partner');
      await hand.agree('Revoke');
      await hand.page.getByText('Nobody has given a permission in United States.').waitFor();
      await hand.press('Uninstall partner');
      await hand.agree('Uninstall');
      await hand.says('is uninstalled in United States. Nobody was signed in.');
      await hand.page.locator('#reset-form').getByLabel('Seed').fill('7');
      await hand.page.locator('#reset-form').getByRole('button', { name: 'Reset' }).click();
      await hand.agree('Reset');
      await hand.says('Everything is back at the seed data');
      await hand.page.getByText('Seed 7', { exact: true }).waitFor();
      await hand.page.locator('#clock').getByText('the real time').waitFor();
    },
    SLOW_MS,
  );

  const PAGES = ['/', '/casehug/', '/pbx/', '/faults/', ...['billing/matters', 'billing/contacts', 'billing/new-matter', 'billing/new-contact', 'staff', 'webhooks', 'requests', 'billing/view-matter/none'].map((hash) => `/us/app/#/${hash}`)]; // prettier-ignore

  it.each(['light', 'dark'] as const)(
    'fits a telephone of 360 pixels, %s, with every field labelled',
    async (colorScheme) => {
      await hand.page.emulateMedia({ colorScheme });
      await hand.page.setViewportSize({ width: 360, height: 740 });
      for (const path of PAGES) {
        await hand.open(path);
        await hand.page.getByRole('heading', { level: 1 }).first().waitFor();
        const seen = await hand.page.evaluate<Seen>(LOOK);
        expect({ path, ...seen }).toEqual({
          path,
          sideways: 0,
          unnamed: [],
          background: colorScheme === 'dark' ? 'rgb(16, 20, 27)' : 'rgb(244, 246, 249)',
        });
        await hand.page.keyboard.press('Tab');
        expect(await hand.page.evaluate<string>('document.activeElement.className')).toBe('skip');
      }
    },
    SLOW_MS,
  );
});
