import { get } from '/assets/api.js';
import { chip, h, show } from '/assets/dom.js';
import { api } from './tenant.js';

export function staffPage(view) {
  document.title = 'Staff · Simulated Smokeball';
  const list = h('div', { class: 'card' }, h('p', { class: 'muted' }, 'Looking…'));
  view.replaceChildren(h('div', { class: 'head' }, h('h1', null, 'Staff')), list);
  return {
    look: async () => {
      const { staff, users } = await get(api('staff'));
      show(list, [staff, users], () => table(staff, users));
    },
  };
}

function table(staff, users) {
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { class: 'fold' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['Name', 'E-mail', 'Role', 'Firm', 'Signs in as', 'State'].map((name) => h('th', { scope: 'col' }, name)),
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
    h('td', { class: 'clip' }, one.email ?? ''),
    h('td', { 'data-label': 'Role' }, one.role ?? ''),
    h('td', { 'data-label': 'Firm' }, one.firm),
    h(
      'td',
      { 'data-label': 'Signs in as' },
      user ? h('span', { class: 'mono clip' }, `${user.email} / ${user.password}`) : '',
    ),
    h(
      'td',
      null,
      one.former ? chip('', 'Former') : one.enabled === false ? chip('warn', 'Disabled') : chip('good', 'Active'),
    ),
  );
}
