import { call } from '/assets/api.js';
import { chip, facts, h, show, time } from '/assets/dom.js';
import { press } from '/assets/live.js';
import { people } from './contact-page.js';
import { filesCard } from './files-view.js';
import { matterDialogs } from './matter-dialogs.js';
import { statusChip } from './matters-page.js';
import { readOrSay } from './missing.js';
import { api, asUser } from './tenant.js';

const STATUSES = ['Open', 'Pending', 'Closed', 'Cancelled', 'Deleted'];

/** While somebody types in the form, what is on the screen stays. */
export function matterPage(view, [id], notice, again) {
  const body = h('div', { class: 'stack' }, h('p', { class: 'muted' }, 'Looking…'));
  view.replaceChildren(body);
  return {
    look: async () => {
      const answer = await readOrSay(body, api(`matters/${encodeURIComponent(id)}`), 'matter', id);
      if (answer === null) return;
      const { matter } = answer;
      document.title = `${matter.number || (matter.is_lead ? 'Lead' : 'Matter')} · Simulated Smokeball`;
      if (!body.querySelector('form[data-dirty]')) show(body, matter, () => build(matter, notice, again));
    },
  };
}

function build(matter, notice, again) {
  const dialogs = matterDialogs(matter, notice, again);
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
    matter.restricted_to !== null &&
      h(
        'p',
        { class: 'notice warn' },
        `A restricted matter: in Smokeball only ${matter.restricted_to.join(', ')} may see it.`,
      ),
    h(
      'div',
      { class: 'columns even' },
      h(
        'section',
        { class: 'card stack', 'aria-label': 'Matter' },
        factsOf(matter),
        h(
          'div',
          { class: 'row' },
          act('people', 'Clients and other sides', dialogs.people),
          act('staff', 'Staff', dialogs.staff),
          act('number', 'Number', dialogs.number),
          act('tags', 'Tags', dialogs.tags),
          matter.is_lead && act('convert', 'Convert to a matter', dialogs.convert),
        ),
      ),
      quickForm(matter, notice),
    ),
    filesCard(matter, notice, again),
  ];
}

function factsOf(matter) {
  return facts(
    ['Number', h('strong', { class: 'num' }, matter.number || (matter.is_lead ? 'a lead has none' : 'not given yet'))],
    ['Type', matter.type || matter.matter_type_id],
    [matter.client_role ? `Clients (${matter.client_role})` : 'Clients', people(matter.clients)],
    [
      matter.other_side_role ? `Other sides (${matter.other_side_role})` : 'Other sides',
      matter.other_sides.length > 0 && people(matter.other_sides),
    ],
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
  );
}

function act(key, words, deed) {
  return h('button', { type: 'button', class: 'tiny', 'data-key': key, onclick: deed }, words);
}

/** What a lawyer would do in Smokeball itself; it reaches Matterline as a webhook. */
function quickForm(matter, notice) {
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
