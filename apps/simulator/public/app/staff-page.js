import { get } from '/assets/api.js';
import { chip, h, show } from '/assets/dom.js';
import { api, chosenFirm } from './tenant.js';

export function staffPage(view) {
  document.title = 'Staff · Simulated Smokeball';
  const list = h('div', { class: 'card' }, h('p', { class: 'muted' }, 'Looking…'));
  view.replaceChildren(
    h(
      'div',
      { class: 'head' },
      h(
        'div',
        null,
        h('h1', null, 'Staff'),
        h(
          'p',
          { class: 'lead' },
          'Former and disabled members stay in the list, as in Smokeball; a former user cannot sign in.',
        ),
      ),
    ),
    list,
  );
  return {
    look: async () => {
      const { staff, users } = await get(api(`staff?${new URLSearchParams({ firm: chosenFirm() })}`));
      show(list, [staff, users], () => table(staff, users));
    },
  };
}

function table(staff, users) {
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Staff' },
    h(
      'table',
      { class: 'fold' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['Name', 'E-mail', 'Role', 'Hourly rate', 'Firm', 'Password', 'State'].map((name) =>
            h('th', { scope: 'col' }, name),
          ),
        ),
      ),
      h(
        'tbody',
        null,
        staff.map((one) =>
          line(
            one,
            users.find((user) => user.staffId === one.id),
          ),
        ),
      ),
    ),
  );
}

function line(one, user) {
  return h(
    'tr',
    null,
    h('td', null, one.name),
    h('td', { class: 'mail' }, one.email ?? ''),
    h('td', { 'data-label': 'Role' }, one.role ?? ''),
    h('td', { 'data-label': 'Hourly rate', class: 'num' }, one.rate ? String(one.rate) : ''),
    h('td', { 'data-label': 'Firm' }, one.firm),
    h(
      'td',
      { 'data-label': 'Password' },
      user && !user.isFormerUser
        ? h('span', { class: 'mono' }, user.password)
        : h('span', { class: 'muted' }, user ? 'no longer' : 'has no sign-in'),
    ),
    h(
      'td',
      null,
      one.former ? chip('', 'Former') : one.enabled === false ? chip('warn', 'Disabled') : chip('good', 'Active'),
    ),
  );
}
