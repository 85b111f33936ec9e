/** Builds elements. Children that are strings become text, never HTML: what is shown here was typed by strangers. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (value === true) element.setAttribute(name, '');
    else element.setAttribute(name, String(value));
  }
  element.append(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ''),
  );
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

const shown = new WeakMap();

/**
 * Shows `build()` in a container, but only when `data` differs from what it shows already, so that a page which looks every
 * second neither flickers nor takes the focus away. Focus and opened details are found again by `data-key`.
 */
export function show(container, data, build) {
  const signature = JSON.stringify(data);
  if (shown.get(container) === signature) return;
  shown.set(container, signature);
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const open = new Set([...container.querySelectorAll('details[open][data-key]')].map((one) => one.dataset.key));
  const scrolled = new Map(
    [...container.querySelectorAll('[data-scroll]')].map((one) => [one.dataset.scroll, one.scrollTop]),
  );
  container.replaceChildren(...[build()].flat(2).filter(Boolean));
  for (const one of container.querySelectorAll('details[data-key]')) if (open.has(one.dataset.key)) one.open = true;
  for (const one of container.querySelectorAll('[data-scroll]')) one.scrollTop = scrolled.get(one.dataset.scroll) ?? 0;
  if (focused !== undefined)
    container.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** Forgets what a container shows, so that the next `show` draws it anew. */
export function stale(container) {
  shown.delete(container);
}

export function link(url, ...children) {
  return url
    ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...children)
    : h('span', null, ...children);
}

export function chip(tone, ...children) {
  return h('span', { class: `chip ${tone}` }, ...children);
}

/** Label and value pairs; rows without a value are left out. */
export function facts(...rows) {
  const filled = rows.filter(
    ([, value]) =>
      value !== '' &&
      value !== null &&
      value !== undefined &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0),
  );
  return h(
    'dl',
    { class: 'facts' },
    filled.map(([name, value]) => [h('dt', null, name), h('dd', null, value)]),
  );
}

export function time(iso) {
  if (!iso) return '';
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const today = at.toDateString() === new Date().toDateString();
  const label = today
    ? at.toLocaleTimeString()
    : at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return h('time', { datetime: at.toISOString(), class: 'num' }, label);
}

export function size(bytes) {
  if (typeof bytes !== 'number') return '';
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
