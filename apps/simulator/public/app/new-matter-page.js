import { call } from '/assets/api.js';
import { h } from '/assets/dom.js';
import { press } from '/assets/live.js';
import { contactPicker } from './contact-picker.js';
import { input, select } from './form-dialog.js';
import { matterTypeChoice } from './matter-type-choice.js';
import { firmChoice } from './new-contact-page.js';
import { asUser, chosenFirm, matterLink } from './tenant.js';

/** A matter or a lead made by hand, as a Smokeball user makes it. */
export function newMatterPage(view, _params, notice) {
  document.title = 'New matter · Simulated Smokeball';
  const firmPlace = h('div');
  const firm = () => firmPlace.querySelector('select')?.value ?? chosenFirm();
  const kind = select('isLead', 'Kind', 'false', [
    ['false', 'Matter'],
    ['true', 'Lead'],
  ]);
  const kindBox = kind.querySelector('select');
  const types = matterTypeChoice(() => kindBox.value === 'true');
  const clients = contactPicker({ label: 'Clients', firm });
  const others = contactPicker({ label: 'Other sides', firm });
  kindBox.addEventListener('change', () => void types.draw());
  view.replaceChildren(
    h(
      'form',
      {
        class: 'card stack',
        onsubmit: (event) => {
          event.preventDefault();
          const values = Object.fromEntries(new FormData(event.currentTarget));
          void press(event.submitter, notice, async () => {
            if (clients.ids().length === 0) throw new Error('Choose at least one client.');
            const { isLead, location: _state, number, description, ...rest } = values;
            const made = await call('POST', asUser('matters'), {
              ...rest,
              isLead: isLead === 'true',
              clientIds: clients.ids(),
              otherSideIds: others.ids(),
              ...(number.trim() === '' ? {} : { number: number.trim() }),
              ...(description.trim() === '' ? {} : { description: description.trim() }),
            });
            location.hash = matterLink(made.id);
          });
        },
      },
      h('h1', null, 'New matter'),
      h('div', { class: 'fields' }, kind, firmPlace),
      h('div', { class: 'fields' }, types.elements),
      h('div', { class: 'fields' }, clients.element, others.element),
      h(
        'div',
        { class: 'fields' },
        input('number', 'Number', '', { hint: 'Left empty, the firm’s next number is given.' }),
        h('label', { class: 'full' }, 'Description', h('textarea', { name: 'description', rows: '3' })),
      ),
      h(
        'div',
        { class: 'row' },
        h('button', { type: 'submit', class: 'primary' }, 'Create matter'),
        h('a', { class: 'button', href: '#/billing/matters' }, 'Cancel'),
      ),
    ),
  );
  void firmChoice(firmPlace, () => {
    // Contacts of one firm are unknown to the other.
    clients.clear();
    others.clear();
  });
  void types.draw();
  return { look: async () => undefined };
}
