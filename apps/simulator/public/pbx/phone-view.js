import { chip, h, time } from '/assets/dom.js';
import { popView } from './pop-view.js';

const STATES = { ringing: ['warn', 'Ringing'], connected: ['good', 'Talking'], terminated: ['', 'Hung up'] };

/** One phone on the desk: pairing, the calls it has, and what its agent sees. */
export function phoneView(phone, { pairing, calls, asking, agent, acts, named }) {
  const legs = calls.map((call) => call.legs.find((one) => one.extension === phone.extension));
  const shown = legs.find((leg) => leg.state !== 'terminated') ?? legs[0];
  return h(
    'article',
    {
      class: `card phone${legs.some((leg) => leg.state === 'ringing') ? ' ringing' : ''}`,
      'aria-label': `Phone ${phone.extension} ${phone.name}`,
    },
    h(
      'div',
      { class: 'spread' },
      h('h3', null, h('span', { class: 'ext' }, phone.extension), ' ', phone.name),
      shown && chip(...STATES[shown.state]),
    ),
    pairingRow(phone, pairing, acts),
    calls.length === 0
      ? h('p', { class: 'muted small' }, 'No call yet.')
      : calls.map((call, index) => callRow(phone, call, legs[index], { asked: asking(call), agent, acts, named })),
  );
}

function callRow(phone, call, leg, { asked, agent, acts, named }) {
  const live = leg.state !== 'terminated';
  const key = (name) => `${name}-${phone.extension}-${call.callid}`;
  const internal = call.consult_for !== null;
  const outgoing = call.direction === 'outbound';
  return h(
    'div',
    { class: 'tight call' },
    h(
      'p',
      null,
      internal ? 'Colleague ' : outgoing ? 'To ' : 'From ',
      h('strong', { class: 'num' }, internal ? named(call.number) : call.number),
      call.group && h('span', { class: 'muted' }, ` · group ${call.group}`),
      internal && h('span', { class: 'muted' }, ' · asks about a transfer'),
    ),
    live &&
      h(
        'div',
        { class: 'row' },
        leg.state === 'ringing' &&
          act(key('answer'), outgoing ? 'They answer' : 'Answer', 'primary tiny', (button) =>
            acts.answer(call, phone, button),
          ),
        asked && [
          act(key('complete'), 'Complete transfer', 'primary tiny', (button) =>
            acts.complete(call, asked, phone, button),
          ),
          act(key('back'), 'Take the caller back', 'tiny', (button) => acts.takeBack(asked, button)),
        ],
        act(key('hangup'), 'Hang up', 'tiny danger', (button) => acts.hangUp(call, phone, button)),
        leg.state === 'connected' &&
          !asked &&
          !internal &&
          act(key('transfer'), 'Transfer', 'tiny', () => acts.transfer(call, phone)),
      ),
    asked && h('p', { class: 'muted small' }, `The caller waits while ${named(asked.legs[0].extension)} is asked.`),
    seen(call, leg, agent),
  );
}

function pairingRow(phone, pairing, acts) {
  if (!pairing) return h('p', { class: 'muted small' }, 'Asking about the pairing…');
  const mark = pairing.paired
    ? h('span', { class: 'mark good' }, h('span', { 'aria-hidden': 'true' }, '✓'), ' Paired')
    : h('span', { class: 'mark bad' }, h('span', { 'aria-hidden': 'true' }, '✗'), ' Not paired');
  return h(
    'div',
    { class: 'spread pairing' },
    h(
      'span',
      { class: 'tight' },
      mark,
      h('span', { class: 'muted small clip' }, pairing.email),
      pairing.since && h('span', { class: 'muted small' }, 'since ', time(pairing.since)),
    ),
    pairing.paired
      ? act(`unpair-${phone.extension}`, 'Unpair', 'tiny', (button) => acts.unpair(phone, button))
      : act(`pair-${phone.extension}`, 'Pair', 'tiny', () => acts.pair(phone)),
    pairing.problem && h('p', { class: 'notice bad small' }, pairing.problem),
  );
}

/** The newest pop-up of this call at this phone, and what went otherwise, in plain words. */
function seen(call, leg, agent) {
  const popped = leg.outcomes.find((one) => one.pop?.show);
  const [last] = leg.outcomes;
  if (popped) return [popView(popped.pop), raw(leg, last)];
  const onPage =
    call.form === 'webhook'
      ? agent?.events.find((one) => one.pop?.show && Date.parse(one.at) / 1000 >= call.started_s - 1)
      : undefined;
  if (onPage) return [h('p', { class: 'muted small' }, 'On the agent page:'), popView(onPage.pop), raw(leg, last)];
  const told = leg.outcomes.find((one) => one.plain) ?? last;
  const tone =
    told?.http_status === 200 && told.status !== 'not_paired' && told.status !== 'unavailable' ? 'info' : 'bad';
  return [
    told &&
      h('p', { class: `notice ${told.status === 'match' ? 'info' : tone} small` }, told.plain || waiting(call, agent)),
    raw(leg, last),
  ];
}

function waiting(call, agent) {
  if (call.form !== 'webhook') return 'Matterline knows the number, but shows no pop-up in this state.';
  return agent?.problem || 'Sent by webhook. The pop-up goes to the agent page.';
}

function raw(leg, last) {
  return h(
    'details',
    { 'data-key': `raw-${leg.extension}` },
    h('summary', { class: 'small' }, `What was sent, and the answer${last ? ` (${last.elapsed_ms} ms)` : ''}`),
    leg.outcomes.map((one) => [
      h(
        'p',
        { class: 'small' },
        `${one.state} · `,
        h('span', { class: 'mono clip' }, one.request),
        ` · ${one.http_status || 'no answer'}`,
      ),
      h('pre', { tabindex: '0', 'aria-label': 'The event as it went out' }, JSON.stringify(one.sent, null, 2)),
      h('pre', { tabindex: '0', 'aria-label': 'The answer' }, JSON.stringify(one.answer, null, 2)),
    ]),
  );
}

function act(key, words, kind, deed) {
  return h(
    'button',
    { type: 'button', class: kind, 'data-key': key, onclick: (event) => deed(event.currentTarget) },
    words,
  );
}
