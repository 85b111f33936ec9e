import { get } from '/assets/api.js';
import { byId, h, stale } from '/assets/dom.js';
import { keepLooking, tell } from '/assets/live.js';
import { contactPage } from './contact-page.js';
import { contactsPage } from './contacts-page.js';
import { deliveriesPage } from './deliveries-page.js';
import { matterPage } from './matter-page.js';
import { mattersPage } from './matters-page.js';
import { newContactPage } from './new-contact-page.js';
import { newMatterPage } from './new-matter-page.js';
import { requestsPage } from './requests-page.js';
import { staffPage } from './staff-page.js';
import { api, chooseFirm, chosenFirm, TENANT } from './tenant.js';

const NAV = [
  ['#/billing/matters', 'Matters'],
  ['#/billing/contacts', 'Contacts'],
  ['#/staff', 'Staff'],
  ['#/webhooks', 'Webhooks'],
  ['#/requests', 'Requests'],
];

/** Address patterns as in the real web application; what is in brackets is handed to the page. */
const ROUTES = [
  [/^#\/billing\/view-matter\/([^/?]+)/, matterPage, '#/billing/matters'],
  [/^#\/billing\/view-contact\/([^/?]+)/, contactPage, '#/billing/contacts'],
  [/^#\/billing\/new-matter/, newMatterPage, '#/billing/matters'],
  [/^#\/billing\/new-contact/, newContactPage, '#/billing/contacts'],
  [/^#\/billing\/contacts/, contactsPage, '#/billing/contacts'],
  [/^#\/staff/, staffPage, '#/staff'],
  [/^#\/webhooks/, deliveriesPage, '#/webhooks'],
  [/^#\/requests/, requestsPage, '#/requests'],
  [/^/, mattersPage, '#/billing/matters'],
];

const view = byId('view');
const notice = byId('notice');
const firm = byId('firm');
let page = { look: async () => undefined };
let look = () => Promise.resolve();

/** Each page builds its frame once and gives `look`, which is then called every second. */
function route() {
  for (const [pattern, build, section] of ROUTES) {
    const match = pattern.exec(location.hash);
    if (match === null) continue;
    stale(view);
    for (const open of document.querySelectorAll('dialog[open]')) open.close();
    page = build(view, match.slice(1).map(readable), notice, () => look());
    byId('nav').replaceChildren(
      ...NAV.map(([href, words]) => h('a', { href, 'aria-current': href === section ? 'page' : undefined }, words)),
    );
    window.scrollTo(0, 0);
    return;
  }
}

/** An address that somebody mistyped must not stop the page. */
function readable(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function showFirms() {
  const { firms } = await get(api('summary'));
  firm.replaceChildren(
    h('option', { value: '' }, 'Every firm'),
    ...firms.map((one) => h('option', { value: one.account_id }, one.name)),
  );
  firm.value = firms.some((one) => one.account_id === chosenFirm()) ? chosenFirm() : '';
  if (firm.value !== chosenFirm()) chooseFirm(firm.value);
}

byId('tenant').value = TENANT;
byId('tenant').addEventListener('change', (event) => location.assign(`/${event.target.value}/app/`));
firm.addEventListener('change', () => {
  chooseFirm(firm.value);
  void look();
});
route();

let problemShown = false;
look = keepLooking(
  () => page.look(),
  (problem) => {
    if (problem) tell(notice, 'bad', problem.message);
    else if (problemShown) tell(notice, 'info', '');
    problemShown = Boolean(problem);
  },
);
window.addEventListener('hashchange', () => {
  tell(notice, 'info', '');
  route();
  void look();
});
showFirms().catch((problem) => tell(notice, 'bad', problem.message));
