import { call, get } from '/assets/api.js';
import { byId, h, show } from '/assets/dom.js';
import { keepLooking, press, tell } from '/assets/live.js';
import { prepareBucket } from './bucket-part.js';
import { prepareClock } from './clock-part.js';
import { prepareConnections } from './connections-part.js';
import { prepareFaults } from './faults-part.js';
import { prepareReset } from './reset-part.js';
import { BIG, CALM, SMALL } from './troubles.js';
import { prepareWebhooks } from './webhooks-part.js';
import { prepareOff } from './off-part.js';
import { TENANTS } from './words.js';

const notice = byId('notice');
const OWN = new Set([...BIG, ...SMALL].map((one) => one.id));
const again = () => look();
for (const one of document.querySelectorAll('select[data-tenants]'))
  one.append(...Object.entries(TENANTS).map(([value, name]) => h('option', { value }, name)));

const parts = {
  faults: prepareFaults(notice, again),
  webhooks: prepareWebhooks(notice, again),
  clock: prepareClock(notice, again),
  bucket: prepareBucket(notice, again),
  connections: prepareConnections(notice),
  off: prepareOff(notice, again),
};
prepareReset(notice, again);

const look = keepLooking(
  async () => {
    const [faults, switches, clock] = await Promise.all([
      get('/_sim/faults'),
      get('/_sim/switches'),
      get('/_sim/clock'),
      parts.connections(),
    ]);
    const isOn = (one) => (one.fault ? faults.some((fault) => fault.id === one.id) : one.isOn(switches));
    const others = faults.filter((fault) => !OWN.has(fault.id));
    const on = [...BIG, ...SMALL].filter(isOn).map((one) => one.title);
    summarise([
      ...on,
      ...others.map((fault) => (fault.route === '*' ? 'a fault on everything' : `a fault on ${fault.route}`)),
      ...(switches.off.length > 0
        ? [`without ${switches.off.length === 1 ? 'one behaviour' : `${switches.off.length} behaviours`}`]
        : []),
    ]);
    show(byId('big'), BIG.map(isOn), () => BIG.map((one) => tile(one, isOn(one), 'big-switch')));
    show(byId('small'), SMALL.map(isOn), () => SMALL.map((one) => tile(one, isOn(one), '')));
    parts.faults(faults);
    parts.webhooks(switches);
    parts.clock(clock);
    parts.bucket(switches.bucket);
    parts.off(switches);
  },
  (problem) => problem && tell(notice, 'bad', problem.message),
);

function summarise(on) {
  const text = on.length === 0 ? 'All is well. Nothing is broken.' : `Switched on: ${on.join(', ')}.`;
  const summary = byId('summary');
  if (summary.textContent === text) return;
  tell(summary, on.length === 0 ? 'good' : 'bad', text);
}

function tile(one, on, kind) {
  return h(
    'button',
    {
      type: 'button',
      role: 'switch',
      'aria-checked': String(on),
      'data-key': one.id,
      class: `card switch ${kind}`,
      onclick: (event) => flip(event.currentTarget, one, on),
    },
    h(
      'span',
      { class: 'switch-head' },
      h('span', { class: 'switch-title' }, one.title),
      h('span', { class: 'knob', 'aria-hidden': 'true' }, on ? 'On' : 'Off'),
    ),
    h('span', { class: 'muted switch-words' }, one.words),
  );
}

function flip(button, one, on) {
  return press(button, notice, async () => {
    if (!one.fault) await call('PATCH', '/_sim/switches', on ? one.off : one.on);
    else if (on) await call('DELETE', `/_sim/faults/${one.id}`);
    else await call('POST', '/_sim/faults', { ...one.fault, id: one.id });
    await look();
  });
}

byId('all-well').addEventListener('click', (event) =>
  press(event.currentTarget, notice, async () => {
    await Promise.all([call('DELETE', '/_sim/faults'), call('PATCH', '/_sim/switches', CALM)]);
    void look();
    return 'All faults are taken away, every behaviour is on, and webhooks arrive again.';
  }),
);
