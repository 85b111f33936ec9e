import { call, get } from '/assets/api.js';
import { byId, h, show } from '/assets/dom.js';
import { keepLooking, press, tell } from '/assets/live.js';
import { BIG, CALM, SMALL } from './troubles.js';

const notice = byId('notice');
const OWN = new Set([...BIG, ...SMALL].map((one) => one.id));

const look = keepLooking(
  async () => {
    const [faults, switches] = await Promise.all([get('/_sim/faults'), get('/_sim/switches')]);
    const isOn = (one) => (one.fault ? faults.some((fault) => fault.id === one.id) : one.isOn(switches));
    const others = faults.filter((fault) => !OWN.has(fault.id));
    const on = [...BIG, ...SMALL].filter(isOn).map((one) => one.title);
    summarise([...on, ...others.map((fault) => fault.route)]);
    show(byId('big'), BIG.map(isOn), () => BIG.map((one) => tile(one, isOn(one), 'big-switch')));
    show(byId('small'), SMALL.map(isOn), () => SMALL.map((one) => tile(one, isOn(one), '')));
    show(byId('others'), others, () => otherFaults(others));
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

function otherFaults(faults) {
  if (faults.length === 0) return h('p', { class: 'muted' }, 'None.');
  return h(
    'ul',
    { class: 'list' },
    faults.map((fault) =>
      h(
        'li',
        { class: 'spread' },
        h(
          'span',
          { class: 'clip' },
          h('strong', null, fault.route),
          ` ${JSON.stringify(fault.fault)}`,
          fault.tenant && ` at ${fault.tenant}`,
          fault.count !== undefined && `, ${fault.count} more`,
        ),
        h(
          'button',
          {
            type: 'button',
            class: 'tiny',
            onclick: (event) =>
              press(event.currentTarget, notice, () =>
                call('DELETE', `/_sim/faults/${encodeURIComponent(fault.id)}`).then(() => void look()),
              ),
          },
          'Take away',
        ),
      ),
    ),
  );
}

byId('all-well').addEventListener('click', (event) =>
  press(event.currentTarget, notice, async () => {
    await Promise.all([call('DELETE', '/_sim/faults'), call('PATCH', '/_sim/switches', CALM)]);
    void look();
  }),
);

byId('revoke').addEventListener('submit', (event) => {
  event.preventDefault();
  const tenant = byId('tenant');
  void press(event.submitter, notice, async () => {
    await call('POST', `/_sim/${tenant.value}/revoke`, {});
    return `Every permission given in ${tenant.selectedOptions[0].textContent} is withdrawn.`;
  });
});
