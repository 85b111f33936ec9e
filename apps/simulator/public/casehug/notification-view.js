import { chip, h, time } from '/assets/dom.js';

/** What Matterline told CaseHug: one row each, its body behind a click. */
export function notificationList(notifications, titleOf) {
  if (notifications.length === 0) return h('p', { class: 'empty' }, 'Nothing has been told yet.');
  return h(
    'ul',
    { class: 'list', id: 'notification-list' },
    notifications.map((one) => item(one, titleOf)),
  );
}

function item(one, titleOf) {
  const verdict = one.signature_ok ? chip('good', '✓ Signature holds') : chip('bad', '✗ Signature does not hold');
  return h(
    'li',
    null,
    h(
      'details',
      { 'data-key': `n-${one.seq}` },
      h(
        'summary',
        null,
        h(
          'span',
          { class: 'note-line' },
          h('strong', null, one.type),
          h('span', { class: 'muted clip' }, titleOf(one.matter_id)),
          one.repeat && chip('', 'repeat'),
          verdict,
          time(one.received_at),
        ),
      ),
      one.signature_problem && h('p', { class: 'notice bad' }, one.signature_problem),
      h('pre', { tabindex: '0' }, typeof one.body === 'string' ? one.body : JSON.stringify(one.body, null, 2)),
    ),
  );
}
