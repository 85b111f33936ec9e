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
const tenant = byId('tenant');
let settings = { configured: false, extensions: [], ring_groups: [] };
let pairings = [];
let pairingsAt = 0;
let transferring = null;
let live = [];

/** The tenant in the address (`?tenant=`); without one the simulator means the one that was saved last. */
let tenantId = new URLSearchParams(location.search).get('tenant') ?? '';
const of = (path) => `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ tenant: tenantId })}`;

const look = keepLooking(
  async () => {
    const extensions = settings.extensions?.map((one) => one.extension) ?? [];
    const [{ calls }, { agents }] = await Promise.all([
      get(of('/pbx/api/calls')),
      get(of(`/pbx/api/agents?extensions=${extensions.map(encodeURIComponent).join(',')}`)),
    ]);
    await lookAtPairings();
    live = calls.filter((one) => one.ended_s === null);
    byId('end-all').hidden = live.length === 0;
    showPhones(calls, agents);
    show(byId('calls'), calls, () => callList(calls));
  },
  (problem) => problem && tell(notice, 'bad', problem.message),
);

async function lookAtPairings() {
  if (!settings.configured || Date.now() - pairingsAt < PAIRINGS_EVERY_MS) return;
  pairingsAt = Date.now();
  pairings = (await get(of('/pbx/api/pairings'))).pairings;
}

function showPhones(calls, agents) {
  const phones = settings.extensions ?? [];
  const named = (extension) => {
    const name = phones.find((one) => one.extension === extension)?.name;
    return name ? `${extension} ${name}` : extension;
  };
  show(byId('phones'), [phones, pairings, calls, agents], () =>
    phones.length === 0
      ? h('p', { class: 'empty' }, 'No phone yet. List the extensions in the settings below.')
      : phones.map((phone) =>
          phoneView(phone, {
            pairing: pairings.find((one) => one.extension === phone.extension),
            calls: callsOf(phone.extension, calls),
            asking: (call) => calls.find((one) => one.consult_for === call.callid && one.ended_s === null),
            agent: agents[phone.extension],
            acts,
            named,
          }),
        ),
  );
}

/** Every call that is going on at a phone (a second one may ring while it talks), or else the last one that it had. */
function callsOf(extension, calls) {
  const own = calls.filter((one) => one.legs.some((leg) => leg.extension === extension));
  const live = own.filter((one) => one.legs.some((leg) => leg.extension === extension && leg.state !== 'terminated'));
  return live.length > 0 ? live : own.slice(0, 1);
}

async function hangUp(busy, extension) {
  const { call: after } = await call('POST', of('/pbx/api/call'), {
    callid: busy.callid,
    extension,
    state: 'terminated',
  });
  const record = dial.elements.cdr.value;
  // A call inside the house is no business of an outside record.
  if (after.ended_s !== null && record !== 'none' && after.consult_for === null)
    await call('POST', of('/pbx/api/cdr'), { callid: busy.callid, form: record });
}

const acts = {
  answer: (busy, phone, button) =>
    move(button, { callid: busy.callid, extension: phone.extension, state: 'connected' }),
  hangUp: (busy, phone, button) =>
    press(button, notice, async () => {
      await hangUp(busy, phone.extension);
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
  complete: (busy, asked, phone, button) =>
    press(button, notice, async () => {
      const to = asked.legs[0].extension;
      await call('POST', of('/pbx/api/transfer'), { callid: busy.callid, from: phone.extension, to, kind: 'attended' });
      void look();
      return `${to} has the caller now.`;
    }),
  takeBack: (asked, button) =>
    press(button, notice, async () => {
      await hangUp(asked, asked.legs[0].extension);
      void look();
      return 'The caller is back at the first phone.';
    }),
  /** Opened by the click itself, or the browser would take it for an unwanted pop-up. */
  pair: (phone) => {
    const opened = window.open(
      of(`/pbx/api/pairings/${encodeURIComponent(phone.extension)}/start`),
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
      await call('DELETE', of(`/pbx/api/pairings/${encodeURIComponent(phone.extension)}`));
      pairingsAt = 0;
      void look();
      return `${phone.extension} is no longer paired.`;
    }),
};

function move(button, event) {
  return press(button, notice, async () => {
    await call('POST', of('/pbx/api/call'), event);
    void look();
  });
}

dial.addEventListener('submit', (event) => {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(dial));
  const group = settings.ring_groups.find((one) => `group:${one.group}` === values.target);
  const phones = group ? { group: group.group, extensions: group.extensions } : { extension: values.target };
  if (!values.target) return;
  void move(byId('ring'), {
    number: values.number,
    name: values.name,
    direction: values.direction,
    form: values.form,
    state: 'ringing',
    ...phones,
  });
});

byId('end-all').addEventListener('click', (event) =>
  press(event.currentTarget, notice, async () => {
    const count = live.length;
    for (const one of live)
      for (const leg of one.legs) if (leg.state !== 'terminated') await hangUp(one, leg.extension);
    void look();
    return count === 1 ? 'The call is ended.' : `${count} calls are ended.`;
  }),
);

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
  const { to, kind } = event.target.elements;
  void press(event.submitter, notice, async () => {
    if (to.value === '') throw new Error('There is no other phone to transfer to.');
    const path = kind.value === 'attended' ? '/pbx/api/consult' : '/pbx/api/transfer';
    await call('POST', of(path), { ...transferring, to: to.value });
    void look();
    return kind.value === 'attended'
      ? `${to.value} rings; the caller waits. When the colleague agrees, complete the transfer.`
      : `The caller now rings at ${to.value}.`;
  });
});

function showTargets() {
  const outgoing = dial.elements.direction.value === 'outbound';
  byId('target').replaceChildren(
    ...settings.extensions.map((one) => h('option', { value: one.extension }, `${one.extension} ${one.name}`)),
    // A group answers calls; it makes none.
    ...(outgoing ? [] : settings.ring_groups).map((one) =>
      h('option', { value: `group:${one.group}` }, `Group ${one.group} ${one.name} (${one.extensions.join(', ')})`),
    ),
  );
}

function showWhetherToRing() {
  const none = settings.extensions.length === 0;
  byId('ring').disabled = none;
  byId('ring-why').textContent = none
    ? 'There is no phone to ring yet. List the extensions in “Connection settings” at the foot of this page, and press “Save”.'
    : '';
}

function showTenants() {
  const { tenants = [] } = settings;
  tenant.replaceChildren(
    ...(tenants.length === 0 ? [h('option', { value: '' }, 'Not connected yet')] : []),
    ...tenants.map((one) => h('option', { value: one.tenant_id }, `${one.domain} (${one.country})`)),
  );
  tenant.value = settings.tenant_id ?? '';
}

async function load() {
  settings = { extensions: [], ring_groups: [], ...(await get(of('/_sim/pbx'))) };
  if (!settings.configured && tenantId !== '') {
    tenantId = '';
    return load();
  }
  fillSettings(settings);
  showTenants();
  showTargets();
  showWhetherToRing();
  pairings = [];
  pairingsAt = 0;
  void look();
}

function choose(id) {
  tenantId = id;
  const address = new URL(location.href);
  if (id === '') address.searchParams.delete('tenant');
  else address.searchParams.set('tenant', id);
  history.replaceState(null, '', address);
  return load();
}

for (const one of dial.elements.direction) one.addEventListener('change', showTargets);
tenant.addEventListener('change', () => void choose(tenant.value));
prepareSettings(notice, (saved) => choose(saved));
load().catch((problem) => tell(notice, 'bad', problem.message));
