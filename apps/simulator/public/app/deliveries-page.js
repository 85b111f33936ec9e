import { get } from '/assets/api.js';
import { chip, h, show, time } from '/assets/dom.js';
import { api, chosenFirm, TENANT } from './tenant.js';

const SHOWN = 100;

export function deliveriesPage(view) {
  document.title = 'Webhooks · Simulated Smokeball';
  const hooks = h('section', { class: 'card', 'aria-label': 'Subscriptions' });
  const list = h('section', { class: 'card', 'aria-label': 'Deliveries' });
  view.replaceChildren(h('div', { class: 'head' }, h('h1', null, 'Webhooks')), hooks, list);
  const known = new Map();
  return {
    look: async () => {
      const [{ webhooks }, fresh] = await Promise.all([
        get(api(`webhooks?${new URLSearchParams({ firm: chosenFirm() })}`)),
        get(`/_sim/deliveries?since=${since(known)}`),
      ]);
      for (const one of fresh) known.set(one.seq, one);
      const deliveries = [...known.values()]
        .filter((one) => one.tenant === TENANT && (chosenFirm() === '' || one.account_id === chosenFirm()))
        .slice(-SHOWN)
        .reverse();
      show(hooks, webhooks, () => [h('h2', null, 'Subscriptions'), subscriptions(webhooks)]);
      show(list, deliveries, () => [h('h2', null, 'Deliveries'), rows(deliveries)]);
    },
  };
}

/** From where to ask again: a delivery that still waits may have changed since it was last seen. */
function since(known) {
  const waiting = [...known.values()].filter((one) => one.state === 'waiting').map((one) => one.seq - 1);
  return Math.min(...waiting, Math.max(0, ...known.keys()));
}

function subscriptions(webhooks) {
  if (webhooks.length === 0) return h('p', { class: 'empty' }, 'Nobody has asked to be told.');
  return h(
    'ul',
    { class: 'list' },
    webhooks.map((hook) =>
      h(
        'li',
        { class: 'tight' },
        h(
          'div',
          { class: 'spread' },
          h('strong', { class: 'clip' }, hook.name || hook.id),
          h(
            'span',
            { class: 'row' },
            hook.signed ? chip('good', 'Signed') : chip('warn', 'Not signed'),
            chip('', hook.firm),
          ),
        ),
        h('p', { class: 'mono muted clip' }, hook.eventNotificationUrl),
        h(
          'details',
          { 'data-key': hook.id },
          h('summary', { class: 'small' }, `${hook.eventTypes.length} kinds of event`),
          h('p', { class: 'small clip' }, hook.eventTypes.join(', ')),
        ),
      ),
    ),
  );
}

function rows(deliveries) {
  if (deliveries.length === 0) return h('p', { class: 'empty' }, 'Nothing has been delivered yet.');
  return h('ul', { class: 'list' }, deliveries.map(item));
}

const STATES = {
  waiting: ['info', 'Waiting'],
  delivered: ['good', 'Delivered'],
  failed: ['bad', 'Given up'],
  dropped: ['warn', 'Lost on purpose'],
};

function item(one) {
  const last = one.attempts.at(-1);
  const [tone, words] = STATES[one.state] ?? ['', one.state];
  return h(
    'li',
    null,
    h(
      'details',
      { 'data-key': `d-${one.seq}` },
      h(
        'summary',
        null,
        h(
          'span',
          { class: 'note-line' },
          h('strong', null, one.type),
          chip(tone, words),
          last &&
            h(
              'span',
              { class: 'muted small' },
              last.status === null ? last.error || 'no answer' : `answered ${last.status}`,
            ),
          one.attempts.length > 1 && chip('', `${one.attempts.length} attempts`),
          time(last?.at),
        ),
      ),
      h('pre', { tabindex: '0' }, pretty(one)),
    ),
  );
}

function pretty(one) {
  try {
    return JSON.stringify({ ...one, body: JSON.parse(one.body) }, null, 2);
  } catch {
    return JSON.stringify(one, null, 2);
  }
}
