import { chip, h, time } from '/assets/dom.js';

/** The calls of today, newest first, with what Matterline said to each event and to the call records. */
export function callList(calls) {
  if (calls.length === 0) return h('p', { class: 'empty' }, 'No call has been made yet.');
  return h('ul', { class: 'list' }, calls.map(item));
}

function item(call) {
  return h(
    'li',
    { class: 'tight' },
    h(
      'div',
      { class: 'spread' },
      h(
        'span',
        { class: 'clip' },
        h('strong', { class: 'num' }, call.number),
        ` ${call.consult_for ? 'asked' : call.direction === 'inbound' ? 'called' : 'was called by'} ${call.legs.map((leg) => leg.extension).join(', ')}`,
        call.group && ` (group ${call.group})`,
      ),
      h(
        'span',
        { class: 'row' },
        chip('', call.form === 'script' ? 'script form' : 'webhook form'),
        time(new Date(call.started_s * 1000).toISOString()),
      ),
    ),
    h(
      'p',
      { class: 'row small' },
      outcomes(call),
      call.records.map((one) => chip(one.plain ? 'bad' : 'good', one.plain || `call record (${one.form}) taken`)),
    ),
    call.records.length > 0 &&
      h(
        'details',
        { 'data-key': `records-${call.callid}` },
        h(
          'summary',
          { class: 'small' },
          call.records.length === 1 ? 'The call record' : `The ${call.records.length} call records`,
        ),
        call.records.map((one) =>
          h('pre', { tabindex: '0', 'aria-label': 'Call record' }, JSON.stringify(one.sent, null, 2)),
        ),
      ),
  );
}

function outcomes(call) {
  return call.legs.flatMap((leg) =>
    [...leg.outcomes]
      .reverse()
      .map((one) => chip(tone(one), `${leg.extension} ${one.state}: ${one.status || one.plain}`.replaceAll('_', ' '))),
  );
}

function tone(outcome) {
  if (outcome.status === 'match') return 'good';
  return outcome.status === '' || ['not_paired', 'unavailable'].includes(outcome.status) ? 'bad' : '';
}
