import type { ShownContact, ShownMatter, ShownPop } from './desk-call';

/** Reads the pop-up out of an answer to a call event; null when the answer has none. Unknown members are left aside. */
export function shownPop(answer: unknown): ShownPop | null {
  const body = record(answer);
  const pop = record(body?.['pop']);
  if (body === undefined || pop === undefined) return null;
  const number = record(body['number']);
  const contacts = rows(body['contacts']).map(shownContact);
  return {
    show: pop['show'] === true,
    title: textOf(pop['title']),
    text: textOf(pop['text']),
    url: link(pop['url']),
    number: textOf(number?.['display']) || textOf(number?.['raw']),
    total: typeof body['total'] === 'number' ? body['total'] : contacts.length,
    contacts,
  };
}

function shownContact(contact: Readonly<Record<string, unknown>>): ShownContact {
  return {
    name: textOf(contact['name']),
    company: textOf(contact['company']),
    matched_on: textOf(contact['matched_on']),
    url: link(contact['url']),
    matters: rows(contact['matters']).map(shownMatter),
  };
}

function shownMatter(matter: Readonly<Record<string, unknown>>): ShownMatter {
  return {
    number: textOf(matter['number']),
    title: textOf(matter['title']),
    status: textOf(matter['status']),
    role: textOf(matter['role']),
    url: link(matter['url']),
  };
}

/** Contact text is untrusted, and so is an address: only http(s) becomes a link. */
function link(value: unknown): string {
  const text = textOf(value);
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol) ? text : '';
}

function rows(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.map((row) => record(row)).filter((row) => row !== undefined) : [];
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
