import { call, get } from '/assets/api.js';
import { byId, h } from '/assets/dom.js';
import { tell } from '/assets/live.js';
import { example } from './example.js';

const dialog = byId('matter-dialog');
const form = byId('matter-form');
const notice = byId('dialog-notice');
let editing = null;

/** Prepares the dialog; `done(matter)` is called after a matter was made or changed, `query()` gives how to send it. */
export async function prepareDialog(query, done) {
  byId('cancel').addEventListener('click', () => dialog.close());
  byId('example').addEventListener('click', () => fill(example()));
  form.elements.no_client.addEventListener('change', showClient);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    byId('save').disabled = true;
    try {
      const path = editing === null ? '/casehug/api/matters' : `/casehug/api/matters/${encodeURIComponent(editing.id)}`;
      done(await call(editing === null ? 'POST' : 'PATCH', path + query(), read()));
      dialog.close();
    } catch (problem) {
      tell(notice, 'bad', problem.message);
    } finally {
      byId('save').disabled = false;
    }
  });
  const choices = await get('/casehug/api/choices');
  byId('case-types').append(...choices.case_types.map((value) => h('option', { value })));
  form.elements.practice_area.append(
    ...Object.entries(choices.practice_areas).map(([value, label]) => h('option', { value }, label)),
  );
}

/** Opens the dialog for a new matter, or for the given one. */
export function openDialog(matter) {
  editing = matter ?? null;
  tell(notice, 'bad', '');
  byId('dialog-title').textContent = matter ? 'Edit matter and client' : 'New matter';
  byId('save').textContent = matter ? 'Save' : 'Create matter';
  byId('example').hidden = Boolean(matter);
  fill(matter ? flat(matter) : {});
  form.elements.no_client.checked = Boolean(matter) && matter.clients.length === 0;
  showClient();
  dialog.showModal();
  form.elements.title.focus();
}

function showClient() {
  byId('client-fields').hidden = form.elements.no_client.checked;
}

function fill(values) {
  for (const input of form.elements) {
    if (input.name === '' || input.type === 'checkbox') continue;
    input.value = values[input.name] ?? (input.name === 'status' ? 'active' : '');
  }
}

function flat(matter) {
  const client = matter.clients[0] ?? {};
  const address = client.address ?? {};
  const byRole = (role) => matter.attorneys.filter((one) => one.role === role).map((one) => one.email);
  return {
    ...matter,
    ...client,
    ...address,
    state: matter.state,
    address_state: address.state,
    responsible: byRole('responsible')[0],
    assisting: byRole('assisting').join(', '),
    tags: matter.tags.join(', '),
    client_tags: (client.tags ?? []).join(', '),
  };
}

function read() {
  const value = (name) => form.elements[name].value.trim();
  const address = {
    line1: value('line1'),
    line2: value('line2'),
    city: value('city'),
    state: value('address_state'),
    zip: value('zip'),
  };
  const client = {
    first_name: value('first_name'),
    last_name: value('last_name'),
    company_name: value('company_name'),
    email: value('email'),
    phone: value('phone'),
    mobile: value('mobile'),
    address: Object.values(address).some(Boolean) ? address : null,
    tags: words(value('client_tags')),
  };
  const originating = editing?.attorneys.filter((one) => one.role === 'originating') ?? [];
  const attorneys = [
    ...words(value('responsible')).map((email) => ({ email, role: 'responsible' })),
    ...words(value('assisting')).map((email) => ({ email, role: 'assisting' })),
    ...originating,
  ];
  const fields = ['title', 'case_number', 'case_type', 'practice_area', 'state', 'county', 'status', 'description'];
  const matter = Object.fromEntries(fields.map((name) => [name, value(name)]));
  const clients = form.elements.no_client.checked ? { clients: [] } : { client };
  return { ...matter, attorneys, tags: words(value('tags')), ...clients };
}

function words(text) {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}
