import { call, get } from '/assets/api.js';
import { byId, h, show, stale, time } from '/assets/dom.js';
import { press } from '/assets/live.js';
import { confirmed } from './confirm.js';
import { TENANTS } from './words.js';

/** Who has given which application a permission, and the three ways to end it. Gives the function that looks. */
export function prepareConnections(notice) {
  const tenant = byId('tenant');
  const act = (button, path, body, said, question) =>
    press(button, notice, async () => {
      if (question && !(await confirmed(question))) return '';
      const { grants } = await call('POST', `/_sim/${tenant.value}/${path}`, body);
      void look();
      return `${said} ${grants === 0 ? 'Nobody was signed in.' : grants === 1 ? 'One sign-in was hit.' : `${grants} sign-ins were hit.`}`;
    });

  async function look() {
    const { value } = tenant;
    const { apps, connections } = await get(`/faults/api/connections?tenant=${value}`);
    show(byId('connections'), [value, connections], () =>
      connections.length === 0
        ? h('p', { class: 'empty' }, `Nobody has given a permission in ${TENANTS[value]}.`)
        : h(
            'ul',
            { class: 'list' },
            connections.map((one) => connection(one, act)),
          ),
    );
    show(byId('everyone'), [value, apps], () => everyone(value, apps, act));
  }
  tenant.addEventListener('change', () => {
    stale(byId('connections'));
    void look();
  });
  return look;
}

function connection(one, act) {
  const body = { client_id: one.client_id, ...(one.account_id ? { account_id: one.account_id } : {}) };
  const who = `${one.firm ?? 'an account'} for ${one.client_id}`;
  return h(
    'li',
    { class: 'spread' },
    h(
      'span',
      { class: 'clip' },
      h('strong', null, one.firm ?? 'No firm (client credentials)'),
      ` · ${one.user ?? 'the application itself'} · application `,
      h('span', { class: 'mono' }, one.client_id),
      h('span', { class: 'muted small' }, ' · since ', time(one.since), ` · ${hooks(one.webhooks)}`),
    ),
    h(
      'span',
      { class: 'row' },
      h(
        'button',
        {
          type: 'button',
          class: 'tiny',
          'data-key': `expire-${one.id}`,
          'aria-label': `Expire access tokens of ${who}`,
          onclick: (event) =>
            act(event.currentTarget, 'expire-tokens', body, `The access tokens of ${who} have expired.`),
        },
        'Expire access tokens',
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'tiny danger',
          'data-key': `revoke-${one.id}`,
          'aria-label': `Revoke the permission of ${who}`,
          onclick: (event) =>
            act(event.currentTarget, 'revoke', body, `The permission of ${who} is revoked.`, {
              title: 'Revoke this permission?',
              words: `${who}: its sign-ins and webhook subscriptions end at once. To mend it, connect again in Matterline.`,
              yes: 'Revoke',
            }),
        },
        'Revoke',
      ),
    ),
  );
}

function everyone(tenant, apps, act) {
  const name = TENANTS[tenant];
  return [
    h(
      'button',
      {
        type: 'button',
        'data-key': 'expire-all',
        onclick: (event) => act(event.currentTarget, 'expire-tokens', {}, `All access tokens in ${name} have expired.`),
      },
      'Expire all access tokens',
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'danger',
        'data-key': 'revoke-all',
        onclick: (event) =>
          act(event.currentTarget, 'revoke', {}, `Every permission given in ${name} is withdrawn.`, {
            title: 'Revoke every permission?',
            words: `All firms in ${name} have to connect again.`,
            yes: 'Revoke all',
          }),
      },
      'Revoke every permission',
    ),
    ...apps.map((app) =>
      h(
        'button',
        {
          type: 'button',
          class: 'danger',
          'data-key': `uninstall-${app.client_id}`,
          onclick: (event) =>
            act(
              event.currentTarget,
              'uninstall',
              { client_id: app.client_id },
              `The application ${app.client_id} is uninstalled in ${name}.`,
              {
                title: `Uninstall ${app.client_id}?`,
                words: `Every firm in ${name} loses it, with its webhook subscriptions. It stays registered, so each firm can connect again.`,
                yes: 'Uninstall',
              },
            ),
        },
        `Uninstall ${app.client_id}`,
      ),
    ),
  ];
}

function hooks(count) {
  if (count === 0) return 'no webhook subscription';
  return count === 1 ? '1 webhook subscription' : `${count} webhook subscriptions`;
}
