import { call } from '/assets/api.js';
import { byId } from '/assets/dom.js';
import { press } from '/assets/live.js';

const form = byId('settings-form');

/** Keeps the settings form; `saved()` is called after a change. */
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
      saved();
      if (settings.extensions_sent.problem)
        throw new Error(`Saved, but Matterline did not take the extensions. ${settings.extensions_sent.problem}`);
      return 'Saved.';
    });
  });
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
  byId('settings').open = !settings.configured;
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
