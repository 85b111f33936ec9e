import { chip, facts, h, link, size, time } from '/assets/dom.js';
import { sendingItem } from './sending-view.js';
import { decisionWords, documentWords, linkWords, reasonOf } from './words.js';

/** One matter in the list on the left. */
export function matterButton(matter, chosen, choose) {
  const client = matter.clients[0];
  return h(
    'button',
    {
      type: 'button',
      class: 'pick',
      'aria-current': chosen ? 'true' : 'false',
      'data-key': matter.id,
      onclick: () => choose(matter.id),
    },
    h('strong', null, matter.title),
    h('span', { class: 'muted small' }, [clientName(client), matter.case_number].filter(Boolean).join(' · ')),
    h(
      'span',
      { class: 'row' },
      linkChip(matter),
      matter.told_status && chip('', matter.told_status.status),
      matter.status === 'archived' && chip('', 'Archived'),
    ),
  );
}

/** The chosen matter with its documents; `acts` holds what the buttons do. */
export function matterView(matter, acts) {
  const client = matter.clients[0];
  return [
    h(
      'div',
      { class: 'card' },
      h('div', { class: 'card-head' }, h('h2', { class: 'clip' }, matter.title), linkChip(matter)),
      h(
        'div',
        { class: 'row' },
        act('sync', 'Sync to Smokeball', 'primary', acts.sync),
        act('edit', 'Edit matter and client', '', acts.edit),
        matter.status === 'archived'
          ? act('unarchive', 'Make active again', '', acts.activate)
          : act('archive', 'Archive', '', acts.archive),
      ),
      h('div', { class: 'tight matter-link' }, linkLines(matter)),
      facts(
        ['Client', clientName(client)],
        ['Contact', [client?.email, client?.phone, client?.mobile].filter(Boolean).join(' · ')],
        ['Address', addressLine(client?.address)],
        ['Case number', matter.case_number],
        ['Case type', [matter.case_type, matter.practice_area?.replaceAll('_', ' ')].filter(Boolean).join(' · ')],
        ['Place', [matter.county, matter.state].filter(Boolean).join(', ')],
        ['Attorneys', matter.attorneys.map((one) => `${one.email} (${one.role})`).join(', ')],
        ['Tags', matter.tags.join(', ')],
        [
          'Newest status told',
          matter.told_status && h('span', null, matter.told_status.status, ' · ', time(matter.told_status.at)),
        ],
        ['CaseHug id', h('span', { class: 'mono' }, matter.id)],
      ),
    ),
    h(
      'div',
      { class: 'card' },
      h(
        'div',
        { class: 'card-head' },
        h('h2', null, 'Documents'),
        h(
          'div',
          { class: 'row' },
          act('upload', 'Upload a file', '', () => acts.upload()),
          act('sample', 'Use a sample PDF', '', () => acts.sample()),
        ),
      ),
      matter.documents.length === 0
        ? h('p', { class: 'empty' }, 'No document yet. Upload one, then approve it.')
        : h(
            'ul',
            { class: 'list' },
            matter.documents.map((one) => documentItem(one, acts)),
          ),
    ),
    h(
      'details',
      { class: 'card', 'data-key': 'sendings' },
      h('summary', null, `What this desk sent (${matter.sendings.length})`),
      h('ul', { class: 'list' }, matter.sendings.map(sendingItem)),
    ),
  ];
}

function documentItem(one, acts) {
  const live = one.matterline;
  const [tone, words] = decisionWords(one.status);
  const [liveTone, liveWords] = live ? documentWords(live.state) : ['', ''];
  const error = reasonOf(live?.error);
  const wasRefused = one.status === 'approved' && !live && !one.told_matterline;
  return h(
    'li',
    { class: 'tight' },
    h(
      'div',
      { class: 'spread' },
      h('strong', { class: 'clip' }, one.file_name),
      h('span', { class: 'row' }, chip(tone, words), live && chip(liveTone, liveWords)),
    ),
    h(
      'p',
      { class: 'muted small clip' },
      size(one.size_bytes),
      ' · ',
      one.content_type,
      ' · ',
      time(one.uploaded_at),
      one.replaced_by && ' · a newer file replaces this one',
    ),
    error && h('p', { class: 'notice bad' }, error),
    h(
      'div',
      { class: 'row' },
      one.status !== 'approved' &&
        act(`approve-${one.id}`, 'Approve', 'primary tiny', (button) => acts.approve(one, button)),
      wasRefused && act(`again-${one.id}`, 'Send the approval again', 'tiny', (button) => acts.approve(one, button)),
      one.status !== 'rejected' && act(`reject-${one.id}`, 'Reject', 'tiny', (button) => acts.reject(one, button)),
      !one.replaced_by && act(`replace-${one.id}`, 'Replace with a file', 'tiny', () => acts.upload(one)),
      !one.replaced_by && act(`resample-${one.id}`, 'Replace with a sample', 'tiny', () => acts.sample(one)),
    ),
    h(
      'details',
      { 'data-key': `more-${one.id}` },
      h('summary', { class: 'small' }, 'Ids and checksum'),
      facts(
        ['Upload', h('span', { class: 'mono' }, one.id)],
        ['Document', h('span', { class: 'mono' }, one.document_id)],
        ['SHA-256', h('span', { class: 'mono' }, one.sha256)],
        ['Smokeball file', live?.smokeball_file_id && h('span', { class: 'mono' }, live.smokeball_file_id)],
        ['Smokeball version', live?.smokeball_version_id && h('span', { class: 'mono' }, live.smokeball_version_id)],
      ),
    ),
  );
}

function linkLines(matter) {
  const live = matter.matterline;
  const error = reasonOf(live?.link?.error);
  return [
    live?.problem && h('p', { class: 'notice bad' }, live.problem),
    error && h('p', { class: 'notice bad' }, error),
    live?.link?.url &&
      h('p', null, link(live.link.url, `Open ${live.link.smokeball_number ?? 'the matter'} in Smokeball`)),
    live?.link?.matter_type &&
      h(
        'p',
        { class: 'muted small' },
        `Matter type: ${typeof live.link.matter_type === 'string' ? live.link.matter_type : (live.link.matter_type.name ?? '')}`,
      ),
    lastRefusal(matter),
  ];
}

/** The newest request is worth showing at the top only when it was refused. */
function lastRefusal(matter) {
  const last = matter.sendings[0];
  return (
    last &&
    !last.ok &&
    h(
      'p',
      { class: 'notice bad' },
      `${last.what}: ${last.problem}${last.code ? ` (${last.code})` : ''}`,
      last.hint && ` ${last.hint}`,
    )
  );
}

function linkChip(matter) {
  const live = matter.matterline;
  if (!live) return chip('', 'Asking Matterline…');
  if (live.problem && !live.link) return chip('bad', 'Matterline does not answer');
  if (!live.link) return chip('', 'Not known to Matterline');
  const [tone, words] = linkWords(live.link.state);
  return chip(tone, live.link.smokeball_number ? `${words}: ${live.link.smokeball_number}` : words);
}

function act(key, words, kind, deed) {
  return h(
    'button',
    { type: 'button', class: kind, 'data-key': key, onclick: (event) => deed(event.currentTarget) },
    words,
  );
}

function clientName(client) {
  if (!client) return 'No client yet';
  return client.company_name || [client.first_name, client.last_name].filter(Boolean).join(' ');
}

function addressLine(address) {
  if (!address) return '';
  return [address.line1, address.line2, address.city, [address.state, address.zip].filter(Boolean).join(' ')]
    .filter(Boolean)
    .join(', ');
}
