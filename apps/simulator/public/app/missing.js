import { get } from '/assets/api.js';
import { h, show } from '/assets/dom.js';
import { TENANT, TENANT_NAMES } from './tenant.js';

/**
 * Reads a record for its page. While there is none (not yet visible, another region's, mistyped) the page says so, and goes on looking.
 * @returns the answer, or null when the page now says that there is no such record
 */
export async function readOrSay(body, path, what, id) {
  try {
    return await get(path);
  } catch (problem) {
    if (problem.status !== 404) throw problem;
    document.title = `No such ${what} · Simulated Smokeball`;
    show(body, { missing: id }, () => missing(what, id, problem.details?.tenant));
    return null;
  }
}

function missing(what, id, elsewhere) {
  return h(
    'section',
    { class: 'card stack missing', 'aria-label': `No such ${what}` },
    h('h1', null, `There is no such ${what} here`),
    h('p', null, 'Nothing in this Smokeball has the id ', h('span', { class: 'mono clip' }, id), '.'),
    elsewhere &&
      h(
        'p',
        null,
        `${TENANT_NAMES[elsewhere] ?? elsewhere} has it: `,
        h('a', { href: `/${elsewhere}/app/${location.hash}` }, 'open it there'),
        '.',
      ),
    h(
      'p',
      { class: 'muted' },
      `A new ${what} becomes visible a moment after it was made; this page goes on looking. It may also belong to another region, `,
      `or have been taken away by a reset. You are in ${TENANT_NAMES[TENANT] ?? TENANT}.`,
    ),
    h(
      'p',
      null,
      h('a', { href: what === 'matter' ? '#/billing/matters' : '#/billing/contacts' }, `Back to the ${what}s`),
    ),
  );
}
