import { Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { AccountQuestion, Connection, ConnectionHealth, Role } from '@matterline/contracts';
import { Rendered, renderPage } from '../../../shared/testing/render-page';
import { connection } from '../testing/a-connection';
import { IntegrationsPage } from './integrations-page';

const URL = '/api/v1/integrations/smokeball/status';
const HEALTH = '/api/v1/integrations/smokeball/health';
const SWITCH = '/api/v1/integrations/smokeball/connection/switch';

const health = (parts: Partial<ConnectionHealth> = {}): { data: ConnectionHealth } => ({
  data: {
    state: 'connected',
    token: {
      connected_at: '2027-04-03T10:00:00Z',
      issued_at: '2027-04-20T10:00:00Z',
      access_expires_at: '2027-04-20T11:00:00Z',
      refresh_expires_at: '2027-05-03T10:00:00Z',
      days_left: 20,
    },
    subscription: {
      state: 'active',
      id: 'sub-1',
      checked_at: null,
      missing_since: null,
      wanted: ['error', 'matter.updated'],
      held: ['error', 'matter.updated'],
    },
    last_event_at: null,
    last_reconcile_at: null,
    scopes: { granted: ['matters/read'], needed: ['matters/read'], missing: [] },
    rate_gate: { away_since: null, asked_again_in_ms: 0, slowdown: 1, waiting: 0 },
    test_event: null,
    ...parts,
  },
});
const token = (daysLeft: number): Partial<ConnectionHealth> => ({
  token: { ...health().data.token, days_left: daysLeft },
});
const question: { data: AccountQuestion } = {
  data: {
    id: 'ask_1',
    firm_name: 'Harbor Law West',
    present_firm_name: 'Harbor Law',
    links: { matters: 1, contacts: 12, documents: 0 },
    expires_at: '2027-05-03T10:00:00Z',
  },
};
const off = { connected: false, state: 'disconnected', firm_name: null, refresh_expires_at: null } as const;

describe('IntegrationsPage of a connected firm', () => {
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

  describe('health', () => {
    const see = async (parts: Partial<ConnectionHealth> = {}, role: Role = 'firm_admin') => {
      const page = await open(connection(), { role });
      await page.answer(HEALTH, health(parts));
      return page;
    };
    const card = (page: Rendered<IntegrationsPage>): string =>
      (page.element.querySelector('ml-health-card')?.textContent ?? '').replace(/\s+/g, ' ');

    const shown: readonly [string, Partial<ConnectionHealth>, string][] = [
      ['the end of the sign-in', {}, 'Ends within 20 days'],
      ['its last day', token(1), 'Ends within a day'],
      ['how many kinds of events are registered', {}, '2 kinds are registered.'],
      ['that all rights are there', {}, 'All 1 that are needed are granted'],
      [
        'missing rights',
        { scopes: { granted: [], needed: ['staff/read'], missing: ['staff/read'] } },
        'Missing: staff/read',
      ],
      ['that nothing waits', {}, 'Normal nothing waits'],
      [
        'a slower pace',
        { rate_gate: { away_since: null, asked_again_in_ms: 0, slowdown: 2, waiting: 7 } },
        'Slowed to 50 % after “too many calls” 7 operations wait',
      ],
      [
        'that Smokeball is away',
        { rate_gate: { away_since: '2027-04-20T10:00:00Z', asked_again_in_ms: 9, slowdown: 1, waiting: 1 } },
        'Smokeball does not answer; it is asked again by itself one operation waits',
      ],
      [
        'a test event under way',
        { test_event: { id: 'tst_1', sent_at: '2027-04-20T10:00:00Z', received_at: null, round_trip_ms: null } },
        'not arrived yet',
      ],
      [
        'how long a test event took',
        {
          test_event: {
            id: 'tst_1',
            sent_at: '2027-04-20T10:00:00Z',
            received_at: '2027-04-20T10:00:01Z',
            round_trip_ms: 1_234,
          },
        },
        'Arrived after 1.2 s',
      ],
    ];
    it.each(shown)('shows %s', async (_name, parts, words) => {
      expect(card(await see(parts))).toContain(words);
    });

    const warned: readonly [string, Partial<ConnectionHealth>, string | null][] = [
      ['15 days left', token(15), null],
      ['14 days left', token(14), 'Your sign-in at Smokeball ends within 14 days'],
      ['a day left', token(1), 'Your sign-in at Smokeball ends within a day'],
      [
        'a right missing',
        { scopes: { granted: [], needed: ['staff/read'], missing: ['staff/read'] } },
        'Smokeball does not allow everything that is needed',
      ],
    ];
    it.each(warned)('warns with %s', async (_name, parts, words) => {
      const page = await see(parts);
      const banner = page.element.querySelector('ml-banner')?.textContent ?? null;
      if (words === null) expect(banner).toBeNull();
      else expect(banner).toContain(words);
    });

    it('sends a test event and looks again', async () => {
      const page = await see();
      page.button('Send test event').click();
      page.request(`${HEALTH}/test-event`, 'POST').flush({ data: { id: 'tst_1' } });
      await page.settle();
      await page.answer(
        HEALTH,
        health({
          test_event: { id: 'tst_1', sent_at: '2027-04-20T10:00:00Z', received_at: null, round_trip_ms: null },
        }),
      );
      expect(card(page)).toContain('not arrived yet');
    });

    it('says why no test event was sent', async () => {
      const page = await see();
      page.button('Send test event').click();
      page
        .request(`${HEALTH}/test-event`, 'POST')
        .flush(
          { error: { code: 'unavailable', message: 'Smokeball does not answer right now.', details: {} } },
          { status: 503, statusText: 'Unavailable' },
        );
      await page.settle();
      expect(card(page)).toContain('Smokeball does not answer right now.');
    });

    it('shows an auditor the health without the button', async () => {
      const page = await see({}, 'auditor');
      expect(card(page)).toContain('Ends within 20 days');
      expect(buttons(page)).not.toContain('Send test event');
    });

    it('is not asked for while the firm is not connected', async () => {
      const page = await open(connection(off));
      page.http.expectNone(HEALTH);
      expect(page.element.querySelector('ml-health-card')).toBeNull();
    });
  });

  describe('another account', () => {
    const asked = async (role: Role = 'firm_admin') => open(connection(), { inputs: { error: 'other_account' }, role });

    it('is asked about with what would be put aside, and gone to once confirmed', async () => {
      const page = await asked();
      await page.answer(SWITCH, question);
      expect(page.text()).toContain('You signed in to Harbor Law West');
      expect(page.text()).toContain('the links to one matter, 12 contacts and 0 documents');
      page.button('Go to Harbor Law West').click();
      const call = page.request(SWITCH, 'POST');
      expect(call.request.body).toEqual({ id: 'ask_1' });
      call.flush({ data: { success: true } });
      await page.settle();
      await new Promise((resolve) => setTimeout(resolve));
      expect(TestBed.inject(Router).url).toContain('connected=1');
    });

    it('stays as it is when the question was open too long', async () => {
      const page = await asked();
      await page.answer(SWITCH, question);
      page.button('Go to Harbor Law West').click();
      page
        .request(SWITCH, 'POST')
        .flush(
          { error: { code: 'not_found', message: 'This question is no longer open.', details: {} } },
          { status: 404, statusText: 'Not Found' },
        );
      await page.settle();
      expect(page.text()).toContain('Your firm has not changed accounts. This question is no longer open.');
    });

    it('is not asked about when no question is open', async () => {
      const page = await asked();
      await page.refuse(SWITCH, 404, 'not_found', 'No question is open.');
      expect(page.element.querySelector('ml-account-question-card')).toBeNull();
    });

    it('is not asked of somebody who may not connect', async () => {
      const page = await asked('support');
      page.http.expectNone(SWITCH);
    });
  });
});
