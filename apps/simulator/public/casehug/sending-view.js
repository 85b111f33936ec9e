import { chip, facts, h, time } from '/assets/dom.js';

/** One thing that the desk sent, and what Matterline answered: status, code, message and hint. */
export function sendingItem(one) {
  return h(
    'li',
    { class: 'tight' },
    h(
      'div',
      { class: 'spread' },
      h('span', { class: 'clip' }, one.what),
      chip(one.ok ? 'good' : 'bad', one.status === 0 ? 'no answer' : `answered ${one.status}`),
    ),
    h('p', { class: 'muted small clip' }, time(one.at), ' · ', h('span', { class: 'mono' }, one.request)),
    one.problem && h('p', { class: 'small clip' }, one.problem),
    one.hint && h('p', { class: 'small clip' }, one.hint),
    h(
      'details',
      { 'data-key': `sending-${one.at}-${one.what}` },
      h('summary', { class: 'small' }, 'What went out, and the answer'),
      sendingFacts(one),
    ),
  );
}

/** The newest event with everything that a developer wants to see of it. */
export function eventAnswer(one) {
  return h(
    'div',
    { class: 'stack' },
    h(
      'p',
      { class: `notice ${one.ok ? 'good' : 'bad'}` },
      one.ok
        ? `${one.what}: taken (${one.status}).`
        : `${one.what}: ${one.status === 0 ? 'no answer' : `refused with ${one.status}`}. ${one.problem}`,
      one.hint && ` ${one.hint}`,
    ),
    sendingFacts(one),
  );
}

function sendingFacts(one) {
  const code = (text) => h('span', { class: 'mono' }, text);
  return h(
    'div',
    { class: 'stack' },
    facts(
      ['Code', one.code && code(one.code)],
      ['Message', messageOf(one.answer)],
      [
        'Signature header',
        one.sent &&
          code(
            one.sent.signature === null ? `${one.sent.header}: not sent` : `${one.sent.header}: ${one.sent.signature}`,
          ),
      ],
    ),
    one.sent && h('pre', { tabindex: '0', 'aria-label': 'The body as it went out' }, one.sent.body),
    one.answer !== null &&
      one.answer !== undefined &&
      h('pre', { tabindex: '0', 'aria-label': 'The answer' }, JSON.stringify(one.answer, null, 2)),
  );
}

function messageOf(answer) {
  const message = answer?.error?.message;
  return typeof message === 'string' ? message : '';
}
