import { get } from '/assets/api.js';
import { chip, h, show, time } from '/assets/dom.js';
import { TENANT } from './tenant.js';
import { verdict } from './verdict.js';

const SHOWN = 200;

export function requestsPage(view) {
  document.title = 'Requests · Simulated Smokeball';
  const list = h('div', { class: 'card' }, h('p', { class: 'muted' }, 'Looking…'));
  const checking = h('p', { class: 'muted small', role: 'status' });
  view.replaceChildren(
    h(
      'div',
      { class: 'head' },
      h(
        'div',
        null,
        h('h1', null, 'Requests'),
        h('p', { class: 'lead' }, `Every call to this Smokeball, newest first; the latest ${SHOWN} are shown.`),
        checking,
      ),
    ),
    list,
  );
  void tellChecking(checking);
  let newest = 0;
  let requests = [];
  return {
    look: async () => {
      const fresh = await get(`/_sim/requests?${new URLSearchParams({ since: String(newest), tenant: TENANT })}`);
      newest = Math.max(newest, ...fresh.map((one) => one.seq));
      requests = [...[...fresh].reverse(), ...requests].slice(0, SHOWN);
      show(
        list,
        requests.map((one) => one.seq),
        () => (requests.length === 0 ? h('p', { class: 'empty' }, 'Nobody has called yet.') : table(requests)),
      );
    },
  };
}

/** Says once whether calls are held against the official description, and why not. */
async function tellChecking(line) {
  const { validation } = await get('/_sim/health');
  line.textContent = validation.validating
    ? 'Each call is held against Smokeball’s official description; the verdict says what does not fit.'
    : `Calls are not held against Smokeball’s official description. ${validation.why_not}`;
}

function table(requests) {
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { class: 'fold' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['Time', 'Call', 'Status', 'Verdict', 'Took'].map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h('tbody', null, requests.map(line)),
    ),
  );
}

function line(one) {
  return h(
    'tr',
    null,
    h('td', null, time(one.at)),
    h(
      'td',
      { class: 'clip' },
      h('strong', null, one.method),
      ' ',
      h('span', { class: 'mono' }, one.path),
      one.query && h('span', { class: 'mono muted' }, `${one.query.startsWith('?') ? '' : '?'}${one.query}`),
    ),
    h('td', null, chip(tone(one.status), one.status === null ? 'cut off' : String(one.status))),
    h('td', { class: 'clip' }, verdict(one)),
    h('td', { class: 'num muted', 'data-label': 'Took' }, `${Math.round(one.duration_ms)} ms`),
  );
}

function tone(status) {
  if (status === null || status >= 500) return 'bad';
  return status >= 400 ? 'warn' : 'good';
}
