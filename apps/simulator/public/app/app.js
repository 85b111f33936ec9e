import { byId, h, stale } from '/assets/dom.js';
import { keepLooking, tell } from '/assets/live.js';
import { contactPage } from './contact-page.js';
import { contactsPage } from './contacts-page.js';
import { deliveriesPage } from './deliveries-page.js';
import { matterPage } from './matter-page.js';
import { mattersPage } from './matters-page.js';
import { requestsPage } from './requests-page.js';
import { staffPage } from './staff-page.js';
import { TENANT } from './tenant.js';

const NAV = [
  ['#/billing/matters', 'Matters'],
  ['#/billing/contacts', 'Contacts'],
  ['#/staff', 'Staff'],
  ['#/webhooks', 'Webhooks'],
  ['#/requests', 'Requests'],
];

/** Address patterns as in the real web application; what is in brackets is handed to the page. */
const ROUTES = [
  [/^#\/billing\/view-matter\/([^/]+)/, matterPage, '#/billing/matters'],
  [/^#\/billing\/view-contact\/([^/]+)/, contactPage, '#/billing/contacts'],
  [/^#\/billing\/contacts/, contactsPage, '#/billing/contacts'],
  [/^#\/staff/, staffPage, '#/staff'],
  [/^#\/webhooks/, deliveriesPage, '#/webhooks'],
  [/^#\/requests/, requestsPage, '#/requests'],
  [/^/, mattersPage, '#/billing/matters'],
];

const view = byId('view');
const notice = byId('notice');
let page = { look: async () => undefined };

/** Each page builds its frame once and gives `look`, which is then called every second. */
function route() {
  for (const [pattern, build, section] of ROUTES) {
    const match = pattern.exec(location.hash);
    if (match === null) continue;
    stale(view);
    tell(notice, 'info', '');
    page = build(view, match.slice(1).map(decodeURIComponent), notice);
    byId('nav').replaceChildren(
      ...NAV.map(([href, words]) => h('a', { href, 'aria-current': href === section ? 'page' : undefined }, words)),
    );
    window.scrollTo(0, 0);
    return;
  }
}

byId('tenant').value = TENANT;
byId('tenant').addEventListener('change', (event) => location.assign(`/${event.target.value}/app/`));
route();

let problemShown = false;
const look = keepLooking(
  () => page.look(),
  (problem) => {
    if (problem) tell(notice, 'bad', problem.message);
    else if (problemShown) tell(notice, 'info', '');
    problemShown = Boolean(problem);
  },
);
window.addEventListener('hashchange', () => {
  route();
  void look();
});
