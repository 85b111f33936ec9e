import { call, get } from '/assets/api.js';
import { h } from '/assets/dom.js';
import { contactPicker } from './contact-picker.js';
import { formDialog, input, select } from './form-dialog.js';
import { matterTypeChoice } from './matter-type-choice.js';
import { api, asUser } from './tenant.js';

const STAFF = [
  ['personResponsible', 'Responsible', 'personResponsibleStaffId'],
  ['personAssisting', 'Assisting', 'personAssistingStaffId'],
  ['originatingStaff', 'Originating', 'originatingStaffId'],
  ['supervisor', 'Supervisor', 'supervisorStaffId'],
];

/** What the forms of one matter do; each is saved as a Smokeball user. */
export function matterDialogs(matter, notice, again) {
  const change = async (fields) => {
    await call('POST', asUser(`matters/${matter.id}`), fields);
    void again();
    return 'Saved as a Smokeball user.';
  };
  const common = { notice, words: 'Saved as a Smokeball user: whoever listens is told at once.' };
  return {
    number: () =>
      formDialog({
        ...common,
        title: 'Number of the matter',
        fields: input('number', 'Number', matter.number, { required: true }),
        save: (form) => change({ number: form.elements.number.value.trim() }),
      }),
    people: () => {
      const firm = () => matter.account_id;
      const clients = contactPicker({ label: 'Clients', chosen: matter.clients, firm });
      const others = contactPicker({ label: 'Other sides', chosen: matter.other_sides, firm });
      formDialog({
        ...common,
        title: 'Clients and other sides',
        fields: h('div', { class: 'fields' }, clients.element, others.element),
        save: () => change({ clientIds: clients.ids(), otherSideIds: others.ids() }),
      });
    },
    staff: async () => {
      const { staff } = await get(api(`staff?${new URLSearchParams({ firm: matter.account_id })}`));
      const fields = STAFF.map(([member, label, name]) => {
        const now = matter.staff.find((one) => one.member === member)?.id ?? '';
        const choices = staff
          .filter((one) => !one.former || one.id === now)
          .map((one) => [one.id, one.former ? `${one.name} (former)` : one.name]);
        return select(name, label, now, [['', 'Nobody'], ...choices], { wide: 'wide' });
      });
      formDialog({
        ...common,
        title: 'Staff on this matter',
        fields: h('div', { class: 'fields' }, fields),
        save: (form) =>
          change(Object.fromEntries(STAFF.map(([, , name]) => [name, form.elements[name].value || null]))),
      });
    },
    tags: () => {
      const custom = matter.tags.filter((tag) => tag.type !== 'Staff').map((tag) => tag.name);
      formDialog({
        notice,
        title: 'Tags of the matter',
        fields: input('tags', 'Tags', custom.join(', '), { hint: 'Several: put commas between them.' }),
        save: async (form) => {
          await call('PUT', asUser(`matters/${matter.id}/tags`), { tags: form.elements.tags.value.split(',') });
          void again();
          return 'The tags are saved.';
        },
      });
    },
    convert: () => {
      const types = matterTypeChoice(() => false, matter.matter_type_id.split('_')[1]);
      void types.draw();
      formDialog({
        ...common,
        title: 'Convert the lead to a matter',
        submit: 'Convert',
        fields: h('div', { class: 'fields' }, types.elements),
        save: (form) =>
          change({
            isLead: false,
            matterTypeId: form.elements.matterTypeId.value,
            clientRole: form.elements.clientRole.value,
          }),
      });
    },
  };
}
