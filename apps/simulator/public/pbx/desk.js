import { call, get } from '/assets/api.js';
import { byId, h, show } from '/assets/dom.js';
import { keepLooking, press, tell } from '/assets/live.js';
import { callList } from './call-list.js';
import { phoneView } from './phone-view.js';
import { fillSettings, prepareSettings } from './settings-form.js';

const PAIRINGS_EVERY_MS = 3000;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

const notice = byId('notice');
const dial = byId('dial');
let settings = { configured: false, extensions: [], ring_groups: [] };
let pairings = [];
let pairingsAt = 0;
let transferring = null;

const look = keepLooking(
  async () => {
    const extensions = settings.extensions?.map((one) => one.extension) ?? [];
    const [{ calls }, { agents }] = await Promise.all([
      get('/pbx/api/calls'),
      get(`/pbx/api/agents?extensions=${extensions.join(',')}`),
    ]);
    await lookAtPairings();
    showPhones(calls, agents);
    show(byId('calls'), calls, () => callList(calls));
  },
  (problem) => problem && tell(notice, 'bad', problem.message),
);

async function lookAtPairings() {
  if (!settings.configured || Date.now() - pairingsAt < PAIRINGS_EVERY_MS) return;
  pairingsAt = Date.now();
  pairings = (await get('/pbx/api/pairings')).pairings;
}

function showPhones(calls, agents) {
  const phones = settings.extensions ?? [];
  const busyOf = (extension) => calls.find((one) => one.legs.some((leg) => leg.extension === extension));
  show(byId('phones'), [phones, pairings, calls, agents], () =>
    phones.length === 0
      ? h('p', { class: 'empty' }, 'No phone yet. List the extensions in the settings below.')
      : phones.map((phone) =>
          phoneView(
            phone,
            pairings.find((one) => one.extension === phone.extension),
            busyOf(phone.extension),
            agents[phone.extension],
            acts,
          ),
        ),
  );
}

const acts = {
  answer: (busy, phone, button) =>
    move(button, { callid: busy.callid, extension: phone.extension, state: 'connected' }),
  hangUp: (busy, phone, button) =>
    press(button, notice, async () => {
      const { call: after } = await call('POST', '/pbx/api/call', {
        callid: busy.callid,
        extension: phone.extension,
        state: 'terminated',
      });
      const record = dial.elements.cdr.value;
      if (after.ended_s !== null && record !== 'none')
        await call('POST', '/pbx/api/cdr', { callid: busy.callid, form: record });
      void look();
    }),
  transfer: (busy, phone) => {
    transferring = { callid: busy.callid, from: phone.extension };
    const select = byId('transfer-form').elements.to;
    select.replaceChildren(
      ...settings.extensions
        .filter((one) => one.extension !== phone.extension)
        .map((one) => h('option', { value: one.extension }, `${one.extension} ${one.name}`)),
    );
    byId('transfer-dialog').showModal();
  },
  /** Opened by the click itself, or the browser would take it for an unwanted pop-up. */
  pair: (phone) => {
    const opened = window.open(
      `/pbx/api/pairings/${encodeURIComponent(phone.extension)}/start`,
      `pair-${phone.extension}`,
      'width=560,height=720',
    );
    tell(
      notice,
      opened ? 'info' : 'bad',
      opened
        ? 'Sign in to Smokeball in the window that opened. It closes by itself.'
        : 'The browser blocked the window. Allow pop-ups for this page.',
    );
  },
  unpair: (phone, button) =>
    press(button, notice, async () => {
      await call('DELETE', `/pbx/api/pairings/${encodeURIComponent(phone.extension)}`);
      pairingsAt = 0;
      void look();
      return `${phone.extension} is no longer paired.`;
    }),
};

function move(button, event) {
  return press(button, notice, async () => {
    await call('POST', '/pbx/api/call', event);
    void look();
  });
}

dial.addEventListener('submit', (event) => {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(dial));
  const group = settings.ring_groups.find((one) => `group:${one.group}` === values.target);
  const phones = group ? { group: group.group, extensions: group.extensions } : { extension: values.target };
  if (!values.target) return tell(notice, 'bad', 'List the extensions in the settings below first.');
  void move(byId('ring'), {
    number: values.number,
    name: values.name,
    direction: values.direction,
    form: values.form,
    state: 'ringing',
    ...phones,
  });
});

byId('keypad').append(
  ...KEYS.map((key) =>
    h(
      'button',
      {
        type: 'button',
        'aria-label': key === '*' ? 'star' : key === '#' ? 'hash' : key,
        onclick: () => (byId('number').value += key),
      },
      key,
    ),
  ),
);

byId('transfer-cancel').addEventListener('click', () => byId('transfer-dialog').close());
byId('transfer-form').addEventListener('submit', (event) => {
  void press(event.submitter, notice, async () => {
    await call('POST', '/pbx/api/transfer', { ...transferring, to: event.target.elements.to.value });
    void look();
  });
});

async function load() {
  settings = { extensions: [], ring_groups: [], ...(await get('/_sim/pbx')) };
  fillSettings(settings);
  byId('tenant').textContent = settings.configured ? `Tenant ${settings.domain}` : 'Not connected yet';
  byId('target').replaceChildren(
    ...settings.extensions.map((one) => h('option', { value: one.extension }, `${one.extension} ${one.name}`)),
    ...settings.ring_groups.map((one) =>
      h('option', { value: `group:${one.group}` }, `Group ${one.group} ${one.name} (${one.extensions.join(', ')})`),
    ),
  );
  pairingsAt = 0;
  void look();
}

prepareSettings(notice, () => void load());
void load();
