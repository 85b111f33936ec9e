import { get } from '/assets/api.js';
import { byId, chip, h, show } from '/assets/dom.js';
import { keepLooking } from '/assets/live.js';

const search = byId('search');
const kind = byId('kind');
const list = byId('list');
let operations = [];
let calls = {};

async function begin() {
  ({ operations } = await get('/coverage/operations.json'));
  search.addEventListener('input', draw);
  kind.addEventListener('change', draw);
  keepLooking(look, (problem) => problem && (byId('checking').textContent = problem.message), 2000);
}

async function look() {
  const validation = await get('/_sim/validation');
  calls = validation.operations;
  byId('checking').textContent = validation.validating
    ? summed(validation)
    : `Calls are not checked. ${validation.why_not}`;
  draw();
}

function summed({ checked, calls_with_request_findings: requests, calls_with_answer_findings: answers }) {
  return `Held against Smokeball’s official description since the start: ${plural(checked, 'call')}, of which ${requests} came with a wrong request and ${answers} had a wrong answer.`;
}

function draw() {
  const words = search.value.trim().toLowerCase().split(/\s+/);
  const shown = operations.filter(
    (one) =>
      (kind.value === '' || one.isSimulated === (kind.value === 'simulated')) &&
      words.every((word) => `${one.method} ${one.template} ${one.tests.join(' ')}`.toLowerCase().includes(word)),
  );
  const simulated = shown.filter((one) => one.isSimulated).length;
  byId('count').textContent =
    `${plural(shown.length, 'operation')}: ${simulated} simulated, ${shown.length - simulated} not.`;
  show(list, [shown, calls], () => (shown.length === 0 ? h('p', { class: 'empty' }, 'Nothing fits.') : table(shown)));
}

function table(shown) {
  const names = ['Operation', 'Here', 'Tests', 'Calls since the start'];
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { class: 'fold' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          names.map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h('tbody', null, shown.map(line)),
    ),
  );
}

function line({ method, template, isSimulated, tests }) {
  const called = calls[`${method} ${template}`] ?? 0;
  return h(
    'tr',
    null,
    h('td', { class: 'clip' }, h('strong', null, method), ' ', h('span', { class: 'mono' }, template)),
    h('td', null, isSimulated ? chip('good', 'Simulated') : chip('', '501')),
    h(
      'td',
      { class: 'small muted clip' },
      tests.map((name) => name.replace(/^behaviour\/|\.spec\.ts$/g, '')).join(', '),
    ),
    h('td', { class: 'num muted', 'data-label': 'Calls' }, called === 0 ? '' : String(called)),
  );
}

function plural(count, word) {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

begin().catch((problem) => list.replaceChildren(h('p', { class: 'notice bad' }, problem.message)));
