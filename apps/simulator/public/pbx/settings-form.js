import { call } from '/assets/api.js';
import { byId } from '/assets/dom.js';
import { press, tell } from '/assets/live.js';

const form = byId('settings-form');

/** Keeps the settings form; `saved(tenantId)` is called after a change, with an empty id when a tenant was taken away. */
export function prepareSettings(notice, saved) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void press(event.submitter, notice, async () => {
      const values = Object.fromEntries(new FormData(form));
      const settings = await call('PUT', '/_sim/pbx', {
        ...values,
        extensions: readExtensions(values.extensions),
        ring_groups: readGroups(values.ring_groups),
      });
      await saved(settings.tenant_id);
      if (settings.extensions_sent.problem)
        throw new Error(`Saved, but Matterline did not take the extensions. ${settings.extensions_sent.problem}`);
      return 'Saved.';
    });
  });
  byId('new-tenant').addEventListener('click', () => {
    for (const name of ['domain', 'tenant_id', 'tenant_key', 'did', 'extensions', 'ring_groups'])
      form.elements[name].value = '';
    form.elements.tenant_key.placeholder = 'none yet';
    form.elements.domain.focus();
    tell(notice, 'info', 'Fill in the new tenant, with the id and the key that Matterline gave for it, and save.');
  });
  byId('remove-tenant').addEventListener('click', (event) =>
    press(event.currentTarget, notice, async () => {
      const { tenant_id: id, domain } = form.elements;
      await call('DELETE', `/_sim/pbx?${new URLSearchParams({ tenant: id.value })}`);
      const said = `${domain.value} is taken away from this desk. Matterline keeps what it knows of it.`;
      await saved('');
      return said;
    }),
  );
}

export function fillSettings(settings) {
  const { elements } = form;
  for (const name of ['api_url', 'domain', 'tenant_id', 'country', 'did'])
    elements[name].value = settings[name] ?? (name === 'country' ? 'US' : '');
  elements.tenant_key.placeholder = settings.tenant_key || 'none yet';
  elements.extensions.value = (settings.extensions ?? [])
    .map((one) => [one.extension, one.name, one.email].join(', '))
    .join('\n');
  elements.ring_groups.value = (settings.ring_groups ?? [])
    .map((one) => [one.group, one.name, one.extensions.join(' ')].join(', '))
    .join('\n');
  elements.tenant_key.value = '';
  byId('remove-tenant').hidden = !settings.configured;
  byId('new-tenant').hidden = !settings.configured;
  byId('settings').open ||= !settings.configured;
}

function lines(text) {
  return text
    .split('\n')
    .map((line) => line.split(',').map((part) => part.trim()))
    .filter(([first]) => first);
}

function readExtensions(text) {
  return lines(text).map(([extension, name = '', email = '']) => ({ extension, name, email }));
}

function readGroups(text) {
  return lines(text).map(([group, name = '', extensions = '']) => ({
    group,
    name,
    extensions: extensions.split(/\s+/).filter(Boolean),
  }));
}
