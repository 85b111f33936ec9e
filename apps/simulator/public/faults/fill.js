const watched = new WeakSet();

/** Shows stored values in a form, but never over what somebody is typing there (until it is saved: `delete form.dataset.typed`). */
export function fillUnlessTyped(form, values) {
  if (!watched.has(form)) {
    watched.add(form);
    form.addEventListener('input', () => (form.dataset.typed = 'yes'));
  }
  if (form.dataset.typed) return;
  for (const [name, value] of Object.entries(values)) {
    const text = String(value ?? '');
    if (form.elements[name].value !== text) form.elements[name].value = text;
  }
}
