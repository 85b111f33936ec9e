import { call, get } from '/assets/api.js';
import { chip, facts, h, show, size, time } from '/assets/dom.js';
import { press } from '/assets/live.js';
import { statusChip } from './matters-page.js';
import { api, asUser, contactLink, TENANT } from './tenant.js';

const STATUSES = ['Open', 'Pending', 'Closed'];

/** While somebody types in the form, what is on the screen stays. */
export function matterPage(view, [id], notice) {
  const body = h('div', { class: 'stack' }, h('p', { class: 'muted' }, 'Looking…'));
  view.replaceChildren(body);
  return {
    look: async () => {
      const { matter } = await get(api(`matters/${encodeURIComponent(id)}`));
      document.title = `${matter.number || 'Matter'} · Simulated Smokeball`;
      if (!body.querySelector('form[data-dirty]')) show(body, matter, () => build(matter, notice));
    },
  };
}

function build(matter, notice) {
  const people = (list) =>
    list.map((one, index) => [index > 0 && ', ', h('a', { href: contactLink(one.id) }, one.name)]);
  return [
    h(
      'div',
      { class: 'head' },
      h(
        'div',
        { class: 'clip' },
        h('p', { class: 'muted' }, matter.is_lead ? 'Lead' : 'Matter', ' at ', matter.firm),
        h('h1', null, matter.title || matter.description || 'Untitled'),
      ),
      statusChip(matter.status),
    ),
    h(
      'div',
      { class: 'columns even' },
      h(
        'section',
        { class: 'card', 'aria-label': 'Matter' },
        facts(
          ['Number', h('strong', { class: 'num' }, matter.number || 'not given yet')],
          ['Type', matter.type || matter.matter_type_id],
          ['Clients', people(matter.clients)],
          ['Other sides', matter.other_sides.length > 0 && people(matter.other_sides)],
          ['Staff', matter.staff.map((one) => `${one.name} (${one.role.toLowerCase()})`).join(', ')],
          [
            'Tags',
            matter.tags.length > 0 &&
              h(
                'span',
                { class: 'row' },
                matter.tags.map((tag) => chip('', tag.name)),
              ),
          ],
          ['Opened', time(matter.opened_on)],
          ['Closed', time(matter.closed_on)],
          ['External id', matter.external_system_id && h('span', { class: 'mono' }, matter.external_system_id)],
          ['Smokeball id', h('span', { class: 'mono' }, matter.id)],
        ),
      ),
      editForm(matter, notice),
    ),
    h(
      'section',
      { class: 'card', 'aria-label': 'Files' },
      h('div', { class: 'card-head' }, h('h2', null, `Files (${matter.files.length})`)),
      matter.files.length === 0
        ? h('p', { class: 'empty' }, 'No file yet.')
        : h('ul', { class: 'list' }, matter.files.map(fileItem)),
    ),
  ];
}

/** What a lawyer would do in Smokeball itself; it reaches Matterline as a webhook. */
function editForm(matter, notice) {
  const status = h(
    'select',
    { name: 'status' },
    STATUSES.map((one) => h('option', { value: one, selected: one === matter.status }, one)),
  );
  if (!STATUSES.includes(matter.status))
    status.prepend(h('option', { value: '', selected: true }, matter.status || 'No status'));
  const description = h('textarea', { name: 'description', rows: '4' });
  description.value = matter.description;
  return h(
    'form',
    {
      class: 'card stack',
      'aria-label': 'Change as a Smokeball user',
      oninput: (event) => (event.currentTarget.dataset.dirty = 'yes'),
      onsubmit: (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const fields = { ...(status.value === '' ? {} : { status: status.value }), description: description.value };
        void press(event.submitter, notice, async () => {
          await call('POST', asUser(`matters/${matter.id}`), fields);
          delete form.dataset.dirty;
          return 'Saved as a Smokeball user.';
        });
      },
    },
    h('h2', null, 'Change as a Smokeball user'),
    h('label', null, 'Status', status),
    h('label', null, 'Description', description),
    h('div', { class: 'row' }, h('button', { type: 'submit', class: 'primary', 'data-key': 'save' }, 'Save')),
  );
}

function fileItem(file) {
  const versions = file.versions ?? [];
  return h(
    'li',
    { class: 'tight' },
    h(
      'div',
      { class: 'spread' },
      h('strong', { class: 'clip' }, `${file.name}${file.fileExtension ?? ''}`),
      file.isDeleted
        ? chip('bad', 'Deleted')
        : file.isUploaded
          ? chip('good', 'Stored')
          : chip('info', file.isCancelled ? 'Never uploaded' : 'Waiting for its bytes'),
    ),
    h(
      'p',
      { class: 'muted small clip' },
      size(file.sizeBytes),
      file.sha256 && [' · SHA-256 ', h('span', { class: 'mono' }, file.sha256)],
    ),
    file.isUploaded &&
      h(
        'p',
        null,
        h('a', { href: contentLink(file), download: `${file.name}${file.fileExtension ?? ''}` }, 'Download'),
      ),
    h(
      'details',
      { 'data-key': `versions-${file.id}` },
      h('summary', { class: 'small' }, `${versions.length} ${versions.length === 1 ? 'version' : 'versions'}`),
      h(
        'ul',
        { class: 'list' },
        [...versions].reverse().map((version) => versionItem(file, version)),
      ),
    ),
  );
}

function versionItem(file, version) {
  return h(
    'li',
    { class: 'small tight' },
    h(
      'div',
      { class: 'spread' },
      h('span', null, time(version.createdAt), ' · ', size(version.sizeBytes)),
      h(
        'a',
        { href: contentLink(file, version.versionId), download: `${file.name}${file.fileExtension ?? ''}` },
        'Download this version',
      ),
    ),
    h('span', { class: 'mono muted clip' }, version.sha256),
  );
}

function contentLink(file, versionId) {
  const query = versionId ? `?${new URLSearchParams({ versionId })}` : '';
  return `/_sim/${TENANT}/files/${encodeURIComponent(file.id)}/content${query}`;
}
