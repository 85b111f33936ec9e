import { get } from '/assets/api.js';
import { h } from '/assets/dom.js';
import { select } from './form-dialog.js';
import { api, TENANT } from './tenant.js';

const FIRST_STATE = { us: 'IL', au: 'NSW', uk: 'EW' };

/**
 * Chooses a matter type: first the state, then one of its types by practice area, then the role of the client in it. Every state has some
 * hundred types of its own. `isLead()` says which of the two catalogues is meant; `draw()` reads it anew.
 */
export function matterTypeChoice(isLead, location = FIRST_STATE[TENANT.split('-')[0]]) {
  const state = select('location', 'State', location, [[location, location]]);
  const type = select('matterTypeId', 'Matter type', '', [['', 'Looking…']], { required: true });
  const role = select('clientRole', 'Role of the client', '', [['', 'The first one']]);
  const [stateBox, typeBox, roleBox] = [state, type, role].map((label) => label.querySelector('select'));
  let types = [];

  async function draw() {
    const query = new URLSearchParams({ location: stateBox.value, lead: String(isLead()) });
    const { locations, matter_types: found } = await get(api(`matter-types?${query}`));
    types = found;
    if (stateBox.options.length < locations.length) {
      const chosen = stateBox.value;
      stateBox.replaceChildren(...locations.map((one) => h('option', { value: one, selected: one === chosen }, one)));
    }
    const areas = [...new Set(types.map((one) => one.category))].sort();
    typeBox.replaceChildren(
      h('option', { value: '' }, 'Choose a type'),
      ...areas.map((area) =>
        h(
          'optgroup',
          { label: area },
          types.filter((one) => one.category === area).map((one) => h('option', { value: one.id }, one.name)),
        ),
      ),
    );
    drawRoles();
  }

  function drawRoles() {
    const roles = types.find((one) => one.id === typeBox.value)?.roles ?? [];
    roleBox.replaceChildren(
      ...(roles.length === 0
        ? [h('option', { value: '' }, 'First choose a type')]
        : roles.map((one) => h('option', { value: one }, one))),
    );
  }

  stateBox.addEventListener('change', () => void draw());
  typeBox.addEventListener('change', drawRoles);
  return { elements: [state, type, role], draw };
}
