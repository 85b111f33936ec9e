import { chip, h } from '/assets/dom.js';

/** What the official description says about a recorded call: a chip, and the findings to unfold. */
export function verdict({ seq, area, verdict: said }) {
  if (!said) return h('span', { class: 'muted small' }, area === 'api' ? '' : 'Not part of the API');
  if (said.state === 'as documented') return chip('good', 'As documented');
  if (said.state === 'not checked') return h('span', { class: 'muted small', title: said.note }, 'Not checked');
  return h(
    'details',
    { 'data-key': `v-${seq}` },
    h('summary', null, chip(said.answer.length > 0 ? 'bad' : 'warn', words(said))),
    findings('Request', said.request),
    findings('Answer', said.answer),
    said.note && h('p', { class: 'muted small' }, said.note),
  );
}

function words({ request, answer }) {
  if (answer.length === 0) return 'Wrong request';
  return request.length === 0 ? 'Wrong answer' : 'Both wrong';
}

function findings(title, texts) {
  if (texts.length === 0) return null;
  return h(
    'div',
    { class: 'tight small clip' },
    h('strong', null, title),
    texts.map((text) => h('p', null, text)),
  );
}
