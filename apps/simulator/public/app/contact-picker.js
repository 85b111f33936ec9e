import { get } from '/assets/api.js';
import { h } from '/assets/dom.js';
import { api } from './tenant.js';

const OFFERED = 8;
const TYPING_MS = 200;

/**
 * Chooses contacts by name, e-mail or phone. `firm()` gives the account to look in, `kind` narrows to one kind of contact.
 * @returns {{ element: HTMLElement, ids: () => string[], clear: () => void }}
 */
export function contactPicker({ label, chosen = [], firm, kind = '' }) {
  let people = [...chosen];
  let typing;
  const picked = h('ul', { class: 'picked', 'aria-label': `${label}: chosen` });
  const offers = h('ul', { class: 'offers', 'aria-label': `${label}: found` });
  const said = h('span', { class: 'hint', role: 'status' });
  const search = h('input', {
    type: 'search',
    autocomplete: 'off',
    placeholder: 'Type a name, e-mail or phone',
    oninput: () => {
      clearTimeout(typing);
      typing = setTimeout(() => void look(), TYPING_MS);
    },
    onkeydown: (event) => event.key === 'Enter' && event.preventDefault(),
  });

  async function look() {
    const q = search.value.trim();
    if (q === '') return offer([]);
    const query = new URLSearchParams({ q, kind, firm: firm(), status: 'live' });
    const { contacts, total } = await get(api(`contacts?${query}`));
    const fitting = contacts.filter((one) => !people.some((other) => other.id === one.id));
    offer(fitting.slice(0, OFFERED));
    said.textContent =
      total === 0 ? 'Nobody fits.' : total > OFFERED ? `${total.toLocaleString()} fit; type more.` : '';
  }

  function offer(contacts) {
    said.textContent = '';
    offers.replaceChildren(
      ...contacts.map((one) =>
        h(
          'li',
          null,
          h(
            'button',
            { type: 'button', class: 'tiny', onclick: () => choose(one) },
            `${one.name} `,
            h('span', { class: 'muted' }, one.email || one.phone),
          ),
        ),
      ),
    );
  }

  function choose(one) {
    people = [...people, one];
    search.value = '';
    offer([]);
    draw();
    search.focus();
  }

  function draw() {
    picked.replaceChildren(
      ...people.map((one) =>
        h(
          'li',
          { class: 'chip' },
          one.name,
          h(
            'button',
            {
              type: 'button',
              class: 'cross',
              'aria-label': `Take ${one.name} out`,
              onclick: () => {
                people = people.filter((other) => other.id !== one.id);
                draw();
                search.focus();
              },
            },
            '×',
          ),
        ),
      ),
    );
  }

  draw();
  return {
    element: h('div', { class: 'full picker' }, h('label', null, label, search), said, offers, picked),
    ids: () => people.map((one) => one.id),
    clear: () => {
      people = [];
      draw();
    },
  };
}
