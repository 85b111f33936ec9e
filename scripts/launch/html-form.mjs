/**
 * The first form of a page, as a browser would send it untouched: hidden fields, filled fields, chosen options, ticked boxes.
 * @param {string} html
 * @param {string} pageUrl what a relative action is relative to
 * @returns {{ action: string, method: string, fields: URLSearchParams } | null}
 */
export function firstForm(html, pageUrl) {
  const found = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(html);
  if (found === null) return null;
  const [, attributes, body] = found;
  const fields = new URLSearchParams();
  for (const [tag] of body.matchAll(/<input\b[^>]*>/gi)) addInput(fields, tag);
  for (const [, open, options] of body.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/gi))
    addSelect(fields, open, options);
  return {
    action: new URL(attribute(attributes, 'action') ?? pageUrl, pageUrl).href,
    method: (attribute(attributes, 'method') ?? 'get').toUpperCase(),
    fields,
  };
}

/**
 * The button to press among several, as a name and value to send with the form.
 * @param {string} html
 * @param {RegExp} wanted matched against name, value and label
 */
export function submitButton(html, wanted) {
  for (const [, attributes, label] of html.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/gi)) {
    const name = attribute(attributes, 'name');
    const value = attribute(attributes, 'value') ?? '';
    if (name !== null && wanted.test(`${name} ${value} ${label}`)) return { name, value };
  }
  return null;
}

function addInput(fields, tag) {
  const name = attribute(tag, 'name');
  const type = (attribute(tag, 'type') ?? 'text').toLowerCase();
  if (name === null || ['submit', 'button', 'reset', 'image'].includes(type)) return;
  if (['radio', 'checkbox'].includes(type) && !/\schecked\b/i.test(tag)) return;
  fields.append(name, attribute(tag, 'value') ?? (type === 'checkbox' ? 'on' : ''));
}

function addSelect(fields, open, options) {
  const name = attribute(open, 'name');
  const all = [...options.matchAll(/<option\b([^>]*)>([^<]*)/gi)];
  const chosen = all.find(([, attributes]) => /\sselected\b/i.test(attributes)) ?? all[0];
  if (name === null || chosen === undefined) return;
  fields.append(name, attribute(chosen[1], 'value') ?? decode(chosen[2].trim()));
}

function attribute(tag, name) {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>"']+))`, 'i').exec(` ${tag}`);
  return found === null ? null : decode(found[1] ?? found[2] ?? found[3]);
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text) {
  return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, entity) => {
    if (!entity.startsWith('#')) return ENTITIES[entity.toLowerCase()] ?? whole;
    return String.fromCodePoint(
      entity[1].toLowerCase() === 'x' ? parseInt(entity.slice(2), 16) : Number(entity.slice(1)),
    );
  });
}
