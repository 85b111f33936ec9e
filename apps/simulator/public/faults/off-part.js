import { call, get } from '/assets/api.js';
import { byId, h, show } from '/assets/dom.js';
import { press, tell } from '/assets/live.js';

/** Behaviours of the real Smokeball that are turned off, and the form that turns one off. */
export function prepareOff(notice, again) {
  const form = byId('off-form');
  const names = new Map();
  let off = [];
  const words = (number) => (names.has(number) ? `${number}: ${names.get(number)}` : `Behaviour ${number}`);
  const set = async (numbers, said) => {
    await call('PATCH', '/_sim/switches', { off: numbers });
    void again();
    return said;
  };
  get('/faults/api/behaviours')
    .then(({ behaviours }) => {
      for (const one of behaviours) names.set(one.number, one.name);
      form.elements.behaviour.replaceChildren(
        ...behaviours.map((one) => h('option', { value: one.number }, words(one.number))),
      );
      void again();
    })
    .catch((problem) => tell(notice, 'bad', problem.message));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const number = Number(form.elements.behaviour.value);
    void press(event.submitter, notice, () =>
      set([...new Set([...off, number])], `Behaviour ${words(number)} is turned off.`),
    );
  });
  return (switches) => {
    off = switches.off;
    show(byId('off'), [off, names.size], () =>
      off.length === 0
        ? h('p', { class: 'muted' }, 'None: everything behaves as Smokeball does.')
        : h(
            'ul',
            { class: 'list' },
            off.map((number) =>
              item(number, words(number), (button) =>
                press(button, notice, () =>
                  set(
                    off.filter((one) => one !== number),
                    `Behaviour ${words(number)} is on again.`,
                  ),
                ),
              ),
            ),
          ),
    );
  };
}

function item(number, words, turnOn) {
  return h(
    'li',
    { class: 'spread' },
    h('strong', { class: 'clip' }, words),
    h(
      'button',
      {
        type: 'button',
        class: 'tiny',
        'data-key': `off-${number}`,
        'aria-label': `Turn on again ${words}`,
        onclick: (event) => turnOn(event.currentTarget),
      },
      'Turn on again',
    ),
  );
}
