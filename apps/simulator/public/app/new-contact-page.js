import { call, get } from '/assets/api.js';
import { h } from '/assets/dom.js';
import { press } from '/assets/live.js';
import { contactFields, KINDS, kindsHere } from './contact-form.js';
import { select } from './form-dialog.js';
import { api, asUser, chosenFirm, contactLink } from './tenant.js';

/** A contact made by hand, as a Smokeball user makes it. */
export function newContactPage(view, _params, notice) {
  document.title = 'New contact · Simulated Smokeball';
  const place = h('div', { class: 'stack' });
  const firmPlace = h('div');
  let fields;
  const kind = select(
    'kind',
    'Kind',
    'person',
    kindsHere().map((one) => [one, KINDS[one]]),
  );
  const kindBox = kind.querySelector('select');
  const firm = () => firmPlace.querySelector('select')?.value ?? chosenFirm();
  const draw = () => {
    fields = contactFields(kindBox.value, { firm });
    place.replaceChildren(...fields.elements);
  };
  kindBox.addEventListener('change', draw);
  view.replaceChildren(
    h(
      'form',
      {
        class: 'card stack',
        onsubmit: (event) => {
          event.preventDefault();
          const form = event.currentTarget;
          void press(event.submitter, notice, async () => {
            const body = Object.entries(fields.read(form)).filter(([, value]) => value !== null);
            const made = await call('POST', asUser('contacts'), {
              account_id: firm(),
              [kindBox.value]: Object.fromEntries(body),
            });
            location.hash = contactLink(made.id);
          });
        },
      },
      h('h1', null, 'New contact'),
      h('div', { class: 'fields' }, kind, firmPlace),
      place,
      h(
        'div',
        { class: 'row' },
        h('button', { type: 'submit', class: 'primary' }, 'Create contact'),
        h('a', { class: 'button', href: '#/billing/contacts' }, 'Cancel'),
      ),
    ),
  );
  draw();
  void firmChoice(firmPlace);
  return { look: async () => undefined };
}

/** Puts the choice of the firm into its place; the chosen one of the header goes first. */
export async function firmChoice(place, changed = () => undefined) {
  const { firms } = await get(api('summary'));
  const first = chosenFirm() || firms[0]?.account_id;
  const label = select(
    'account_id',
    'Firm',
    first,
    firms.map((one) => [one.account_id, one.name]),
  );
  label.querySelector('select').addEventListener('change', changed);
  place.replaceChildren(label);
  changed();
}
