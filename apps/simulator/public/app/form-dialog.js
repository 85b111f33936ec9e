import { h } from '/assets/dom.js';
import { press, tell } from '/assets/live.js';

/**
 * Opens a form in a dialog. `save(form)` does the work and gives what to say on the page; when it fails, the dialog stays and says why.
 * @returns the dialog's element
 */
export function formDialog({ title, words, fields, submit = 'Save', danger = false, notice, save }) {
  const problem = h('p', { class: 'notice bad', role: 'alert' });
  const heading = h('h2', { id: 'form-dialog-title' }, title);
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'form-dialog-title' },
    h(
      'form',
      {
        method: 'dialog',
        novalidate: false,
        onsubmit: (event) => {
          event.preventDefault();
          const form = event.currentTarget;
          void press(event.submitter, problem, async () => {
            const said = await save(form);
            dialog.close();
            tell(notice, 'good', said);
          });
        },
      },
      heading,
      words && h('p', { class: 'muted' }, words),
      problem,
      ...[fields].flat(2).filter(Boolean),
      h(
        'div',
        { class: 'foot' },
        h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'),
        h('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, submit),
      ),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function input(name, label, value, more = {}) {
  const { hint, wide, ...props } = more;
  return h(
    'label',
    { class: wide },
    label,
    h('input', { name, value: value ?? '', autocomplete: 'off', ...props }),
    hint && h('span', { class: 'hint' }, hint),
  );
}

export function select(name, label, value, choices, more = {}) {
  const { hint, wide, ...props } = more;
  const box = h(
    'select',
    { name, ...props },
    choices.map(([key, words]) => h('option', { value: key, selected: key === value }, words)),
  );
  return h('label', { class: wide }, label, box, hint && h('span', { class: 'hint' }, hint));
}
