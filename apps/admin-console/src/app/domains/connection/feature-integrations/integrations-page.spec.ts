import { Provider } from '@angular/core';
import { Connection, Role } from '@matterline/contracts';
import { describePageStates } from '../../../shared/testing/page-states';
import { Rendered, renderPage } from '../../../shared/testing/render-page';
import { LEAVE_TO } from '../data/leave-to';
import { connection } from '../testing/a-connection';
import { IntegrationsPage } from './integrations-page';

const URL = '/api/v1/integrations/smokeball/status';
const CONNECT = '/api/v1/integrations/smokeball/connect';

const off = { connected: false, state: 'disconnected', firm_name: null, refresh_expires_at: null } as const;

describePageStates('IntegrationsPage', {
  page: IntegrationsPage,
  url: URL,
  empty: connection(off),
  emptyWords: 'Nothing is sent to Smokeball until your firm is connected.',
});

describe('IntegrationsPage', () => {
  const open = async (
    now: { data: Connection },
    options: { inputs?: Record<string, unknown>; role?: Role; providers?: Provider[] } = {},
  ): Promise<Rendered<IntegrationsPage>> => {
    const page = await renderPage(IntegrationsPage, options);
    await page.answer(URL, now);
    return page;
  };
  const buttons = (page: Rendered<IntegrationsPage>): string[] =>
    [...page.element.querySelectorAll('button')].map((button) => button.textContent?.trim() ?? '').filter(Boolean);

  const offers = [
    { state: 'not_configured', connected: false, offered: ['Connect to Smokeball'] },
    { state: 'disconnected', connected: false, offered: ['Connect to Smokeball'] },
    { state: 'connected', connected: true, offered: ['Disconnect'] },
    { state: 'degraded', connected: true, offered: ['Disconnect'] },
    { state: 'needs_reauth', connected: false, offered: ['Reconnect to Smokeball', 'Disconnect'] },
  ] as const;

  it.each(offers)('offers what fits when $state', async ({ state, connected, offered }) => {
    const page = await open(connection({ state, connected }));
    expect(buttons(page).filter((name) => /onnect/.test(name))).toEqual(offered);
  });

  it('names the connected firm and the firm id for support', async () => {
    const page = await open(connection());
    expect(page.text()).toContain('Connected: Harbor Law');
    expect(page.text()).toContain('firm_1');
    expect(page.text()).toContain('May 3, 2027');
  });

  it('leaves for Smokeball’s consent page, asking for JSON', async () => {
    const leave = jest.fn();
    const page = await open(connection(off), { providers: [{ provide: LEAVE_TO, useValue: leave }] });
    page.button('Connect to Smokeball').click();
    const call = page.request(CONNECT);
    expect(call.request.headers.get('Accept')).toBe('application/json');
    call.flush({ data: { authorization_url: 'https://auth.smokeball.example/oauth2/authorize?x=1' } });
    await page.settle();
    expect(leave).toHaveBeenCalledWith('https://auth.smokeball.example/oauth2/authorize?x=1');
  });

  it('shows “Smokeball integration is not configured” as the server says it', async () => {
    const page = await open(connection({ ...off, state: 'not_configured' }));
    page.button('Connect to Smokeball').click();
    await page.refuse(CONNECT, 422, 'not_configured', 'Smokeball integration is not configured');
    expect(page.element.querySelector('ml-problem-note')?.textContent).toContain(
      'Smokeball integration is not configured',
    );
    expect(page.button('Connect to Smokeball').disabled).toBe(false);
  });

  const banners = [
    { inputs: { connected: '1' }, words: 'You are connected' },
    { inputs: { error: 'invalid_state' }, words: 'Invalid stateOAuth state tokens expire after 10 minutes' },
    { inputs: { error: 'access_denied' }, words: 'Access was not granted' },
    { inputs: { error: 'exchange_failed' }, words: 'Smokeball did not complete the sign-in' },
    { inputs: { error: 'other_account' }, words: 'That is another Smokeball account' },
    { inputs: { error: 'something_new' }, words: 'Connecting did not work' },
  ];

  it.each(banners)('says $words', async ({ inputs, words }) => {
    expect((await open(connection(), { inputs })).text()).toContain(words);
  });

  it('does not claim a connection that has ended since', async () => {
    expect((await open(connection(off), { inputs: { connected: '1' } })).text()).not.toContain('You are connected');
  });

  it('says what goes and what stays before it disconnects', async () => {
    const page = await open(connection());
    page.button('Disconnect').click();
    await page.settle();
    for (const words of [
      'tokens',
      'webhook registration',
      'links between matters',
      'sync history',
      'All your data in both systems',
    ]) {
      expect(document.body.textContent).toContain(words);
    }
    page.http.expectNone('/api/v1/integrations/smokeball/disconnect');
    page.button('Disconnect').click();
    page.request('/api/v1/integrations/smokeball/disconnect', 'POST').flush({ data: { success: true } });
  });

  const toggle = (page: Rendered<IntegrationsPage>, key: string): HTMLButtonElement => {
    const found = page.element.querySelector<HTMLButtonElement>(`button[role=switch][aria-labelledby*=label-${key}]`);
    if (!found) throw new Error(`No switch ${key}`);
    return found;
  };

  it('saves one setting at a time and says so', async () => {
    const page = await open(connection());
    expect(toggle(page, 'auto_sync_on_approval').getAttribute('aria-checked')).toBe('true');
    expect(toggle(page, 'auto_sync_on_matter_created').getAttribute('aria-checked')).toBe('false');
    toggle(page, 'close_on_archive').click();
    const call = page.request(URL, 'PATCH');
    expect(call.request.body).toEqual({ settings: { close_on_archive: true } });
    await page.settle();
    expect(page.text()).toContain('Saving…');
    const saved = connection().data;
    call.flush({ data: { ...saved, settings: { ...saved.settings, close_on_archive: true } } });
    await page.settle();
    expect(page.text()).toContain('Saved');
  });

  it('turns a switch back when saving was refused, and says why', async () => {
    const page = await open(connection());
    toggle(page, 'lead').click();
    page
      .request(URL, 'PATCH')
      .flush(
        { error: { code: 'conflict', message: 'Someone else changed this.', details: {} } },
        { status: 409, statusText: 'Conflict' },
      );
    await page.settle();
    expect(page.text()).toContain('This setting was not saved. Someone else changed this.');
    expect(toggle(page, 'lead').getAttribute('aria-checked')).toBe('false');
  });

  it.each(['support', 'auditor'] as const)('shows %s the settings and no way to change them', async (role) => {
    const page = await open(connection(), { role });
    expect(page.element.querySelectorAll('mat-slide-toggle')).toHaveLength(0);
    expect(buttons(page).filter((name) => /onnect/.test(name))).toEqual([]);
    expect(page.text()).toContain('Only a firm admin can change these.');
  });

  it('offers to reconnect once the sign-in ends soon', async () => {
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const page = await open(connection({ refresh_expires_at: soon }));
    expect(buttons(page).filter((name) => /onnect/.test(name))).toEqual(['Reconnect to Smokeball', 'Disconnect']);
  });
});
