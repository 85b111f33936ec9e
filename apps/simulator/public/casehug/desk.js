import { call, get } from '/assets/api.js';
import { byId, h, show } from '/assets/dom.js';
import { keepLooking, press, tell } from '/assets/live.js';
import { prepareEvents } from './event-part.js';
import { openDialog, prepareDialog } from './matter-dialog.js';
import { matterButton, matterView } from './matter-view.js';
import { notificationList } from './notification-view.js';

const notice = byId('notice');
const sendAs = byId('send-as');
const file = byId('file');
let chosen = location.hash.slice(1);
let matters = [];
let fileTaken = null;

const pathOf = (matter, rest = '') => `/casehug/api/matters/${encodeURIComponent(matter.id)}${rest}`;

function query() {
  const [how, scheme] = sendAs.value.split(':');
  return `?${new URLSearchParams({ send_as: how, ...(scheme ? { scheme } : {}) })}`;
}

const look = keepLooking(
  async () => {
    const [list, heard] = await Promise.all([get('/casehug/api/matters'), get('/casehug/api/notifications')]);
    matters = list.matters;
    const matter = matters.find((one) => one.id === chosen) ?? matters[0];
    showMatters(matter);
    show(byId('notifications'), [heard.notifications, matters.map((one) => one.title)], () =>
      notificationList(heard.notifications, titleOf),
    );
    byId('receiver').textContent = heard.receiver.registered
      ? `Received at ${heard.receiver.url}`
      : 'Not registered with Matterline yet.';
    const connection = byId('connection');
    connection.textContent = heard.receiver.registered ? '' : notConnected(heard.receiver.problem);
  },
  (problem) => problem && tell(notice, 'bad', problem.message),
);

/** Why nothing arrives, and what to do about it; a problem says so itself. */
function notConnected(problem) {
  const todo = 'Fill in “Connection settings” at the foot of this page, and press “Save and connect”.';
  return `Not registered with Matterline yet. ${problem || todo}`;
}

function showMatters(matter) {
  chosen = matter?.id ?? '';
  show(
    byId('matters'),
    [
      matters.map(({ id, title, clients, case_number, matterline, told_status, status }) => [
        id,
        title,
        clients,
        case_number,
        matterline?.link,
        matterline?.problem,
        told_status,
        status,
      ]),
      chosen,
    ],
    () =>
      matters.length === 0
        ? h('p', { class: 'empty' }, 'No matter yet. Make one to begin.')
        : matters.map((one) => matterButton(one, one.id === chosen, choose)),
  );
  show(
    byId('matter'),
    matter ? { ...matter, matterline: matter.matterline && { ...matter.matterline, read_at: '' } } : 'none',
    () =>
      matter ? matterView(matter, acts(matter)) : h('p', { class: 'empty' }, 'The matter you choose is shown here.'),
  );
}

function choose(id) {
  chosen = id;
  history.replaceState(null, '', `#${id}`);
  showMatters(matters.find((one) => one.id === id));
  if (window.matchMedia('(max-width: 860px)').matches) byId('matter').scrollIntoView({ block: 'start' });
}

/** What the buttons of a matter do. Every one answers with the matter as it then is. */
function acts(matter) {
  const post = (rest, body) => call('POST', pathOf(matter, rest) + query(), body);
  const run = (button, deed, said) =>
    press(button, notice, async () => {
      const after = await deed();
      void look();
      return said(after);
    });
  const before = matter.sendings.length === 0 ? '' : matter.sendings[0].at;
  /** Only what this deed sent counts: an upload by REST, for one, sends nothing until it is approved. */
  const outcome = (done) => (after) => {
    const [last] = after.sendings.filter((one) => one.at > before);
    if (last && !last.ok) throw new Error(`${last.what}: ${last.problem}`);
    return done;
  };
  return {
    edit: () => openDialog(matter),
    sync: (button) => run(button, () => post('/sync'), outcome('Matterline was asked to sync this matter now.')),
    archive: (button) =>
      run(button, () => call('PATCH', pathOf(matter) + query(), { status: 'archived' }), outcome('Archived.')),
    activate: (button) =>
      run(button, () => call('PATCH', pathOf(matter) + query(), { status: 'active' }), outcome('Active again.')),
    approve: (one, button) =>
      run(button, () => post(`/documents/${one.id}/approve`), outcome(`Approved: ${one.file_name}`)),
    reject: (one, button) =>
      run(button, () => post(`/documents/${one.id}/reject`), outcome(`Rejected: ${one.file_name}`)),
    sample: (one) =>
      run(
        null,
        () => post(one ? `/documents/${one.id}/replace` : '/documents', sampleBody(matter, one)),
        outcome('A sample PDF is there. Approve it to send it.'),
      ),
    upload: (one) =>
      chooseFile((body) =>
        run(
          null,
          () => post(one ? `/documents/${one.id}/replace` : '/documents', body),
          outcome('Uploaded. Approve it to send it.'),
        ),
      ),
  };
}

function sampleBody(matter, replaced) {
  const names = [
    'Financial affidavit',
    'Intake questionnaire',
    'Pay statements',
    'Marriage certificate',
    'Parenting plan',
    'Tax return',
  ];
  return { sample: true, file_name: replaced?.file_name ?? `${names[matter.documents.length % names.length]}.pdf` };
}

function chooseFile(taken) {
  fileTaken = taken;
  file.value = '';
  file.click();
}

file.addEventListener('change', () => {
  const [picked] = file.files;
  if (!picked) return;
  const body = new FormData();
  body.append('file', picked);
  void fileTaken(body);
});

function titleOf(matterId) {
  return matterId ? (matters.find((one) => one.id === matterId)?.title ?? matterId) : 'the whole firm';
}

byId('new-matter').addEventListener('click', () => openDialog());
byId('clear-notifications').addEventListener('click', (event) =>
  press(event.currentTarget, notice, () => call('DELETE', '/casehug/api/notifications').then(() => void look())),
);

byId('settings-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(event.currentTarget));
  void press(event.submitter, notice, async () => {
    const { receiver } = await call('PUT', '/_sim/casehug', values);
    if (!receiver.registered) throw new Error(receiver.problem);
    return 'Saved. Matterline knows where to send notifications.';
  });
});

async function showSettings() {
  const settings = await get('/_sim/casehug');
  const { elements } = byId('settings-form');
  for (const name of ['api_url', 'firm_id', 'signature_header', 'public_url'])
    elements[name].value = settings[name] ?? '';
  for (const name of ['api_key', 'webhook_secret', 'webhook_secret_next'])
    elements[name].placeholder = settings[name] || 'none yet';
  byId('settings').open = !settings.configured;
}

void showSettings();
prepareEvents(
  notice,
  () => chosen,
  () => void look(),
);
void prepareDialog(query, (matter) => {
  matters = [matter, ...matters.filter((one) => one.id !== matter.id)];
  choose(matter.id);
  const [last] = matter.sendings;
  tell(
    notice,
    last && !last.ok ? 'bad' : 'good',
    last && !last.ok ? `${last.what}: ${last.problem}` : 'Saved, and Matterline knows.',
  );
  void look();
});
