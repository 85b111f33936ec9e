import { chip, h, time } from '/assets/dom.js';
import { popView } from './pop-view.js';

const STATES = { ringing: ['warn', 'Ringing'], connected: ['good', 'Talking'], terminated: ['', 'Hung up'] };

/** One phone on the desk: pairing, the call it has, and what its agent sees. */
export function phoneView(phone, pairing, busy, agent, acts) {
  const leg = busy?.legs.find((one) => one.extension === phone.extension);
  const live = leg && leg.state !== 'terminated';
  return h(
    'article',
    {
      class: `card phone${leg?.state === 'ringing' ? ' ringing' : ''}`,
      'aria-label': `Phone ${phone.extension} ${phone.name}`,
    },
    h(
      'div',
      { class: 'spread' },
      h('h3', null, h('span', { class: 'ext' }, phone.extension), ' ', phone.name),
      leg && chip(...(live ? STATES[leg.state] : STATES.terminated)),
    ),
    pairingRow(phone, pairing, acts),
    leg
      ? h(
          'div',
          { class: 'tight' },
          h(
            'p',
            null,
            busy.direction === 'inbound' ? 'From ' : 'To ',
            h('strong', { class: 'num' }, busy.number),
            busy.group && h('span', { class: 'muted' }, ` · group ${busy.group}`),
          ),
          live &&
            h(
              'div',
              { class: 'row' },
              leg.state === 'ringing' &&
                act(`answer-${phone.extension}`, 'Answer', 'primary tiny', (button) =>
                  acts.answer(busy, phone, button),
                ),
              act(`hangup-${phone.extension}`, 'Hang up', 'tiny danger', (button) => acts.hangUp(busy, phone, button)),
              leg.state === 'connected' &&
                act(`transfer-${phone.extension}`, 'Transfer', 'tiny', () => acts.transfer(busy, phone)),
            ),
          seen(busy, leg, agent),
        )
      : h('p', { class: 'muted small' }, 'No call yet.'),
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
    h('summary', { class: 'small' }, `Matterline’s answer${last ? ` (${last.elapsed_ms} ms)` : ''}`),
    leg.outcomes.map((one) =>
      h(
        'pre',
        { tabindex: '0' },
        `${one.state} → ${one.http_status || 'no answer'}\n${JSON.stringify(one.answer, null, 2)}`,
      ),
    ),
  );
}

function act(key, words, kind, deed) {
  return h(
    'button',
    { type: 'button', class: kind, 'data-key': key, onclick: (event) => deed(event.currentTarget) },
    words,
  );
}
