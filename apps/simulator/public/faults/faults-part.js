import { call, get } from '/assets/api.js';
import { byId, h, show } from '/assets/dom.js';
import { press, tell } from '/assets/live.js';
import { faultWords, routeWords, TENANTS, timesWords } from './words.js';

/** The form that lays a fault, and the list of those that stand. Gives the function that shows the list. */
export function prepareFaults(notice, again) {
  const form = byId('fault-form');
  const { elements } = form;
  let routes = [];

  const drawRoutes = () => {
    const words = elements.find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text) => words.every((word) => text.toLowerCase().includes(word));
    const fitting = routes.filter((one) => fits(`${one.route} ${one.area}`));
    const areas = [...new Set(fitting.map((one) => one.area))];
    const before = elements.route.value;
    elements.route.replaceChildren(
      ...(words.length === 0 || fits('everything') ? [h('option', { value: '*' }, routeWords('*'))] : []),
      ...areas.map((area) =>
        h(
          'optgroup',
          { label: area },
          fitting
            .filter((one) => one.area === area)
            .map((one) => h('option', { value: one.route }, routeWords(one.route))),
        ),
      ),
    );
    if ([...elements.route.options].some((one) => one.value === before)) elements.route.value = before;
  };
  const drawKind = () => {
    const { value } = elements.kind;
    for (const one of form.querySelectorAll('[data-for]')) {
      const { for: kind } = one.dataset;
      one.hidden = kind === 'other' ? value === 'slow' : kind !== value;
    }
    if (value === 'slow' && Number(elements.delay_s.value) === 0) elements.delay_s.value = '3';
  };
  elements.find.addEventListener('input', drawRoutes);
  elements.find.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault());
  elements.kind.addEventListener('change', drawKind);
  drawKind();

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void press(event.submitter, notice, async () => {
      if (elements.route.value === '') throw new Error('No operation fits what you typed. Choose a route.');
      const fault = read(elements);
      const { value: tenant } = elements.tenant;
      const count = elements.count.value === '' ? undefined : Number(elements.count.value);
      await call('POST', '/_sim/faults', { route: elements.route.value, fault, ...(tenant && { tenant }), count });
      void again();
      const where = tenant ? ` in ${TENANTS[tenant]}` : '';
      return `${routeWords(elements.route.value)}${where}: ${faultWords(fault)}, ${timesWords(count)}.`;
    });
  });
  get('/faults/api/routes')
    .then((answer) => {
      routes = answer.routes;
      drawRoutes();
    })
    .catch((problem) => tell(notice, 'bad', problem.message));

  return (faults) => show(byId('standing'), faults, () => standing(faults, notice, again));
}

function read(elements) {
  const delay = Math.round(Number(elements.delay_s.value) * 1000);
  const wait = delay > 0 ? { delay_ms: delay } : {};
  const kinds = {
    status: { status: Number(elements.status.value) },
    slow: {},
    hang: { hang: true },
    'reset-before': { reset: 'before' },
    'reset-after': { reset: 'after' },
    async: { async_error: elements.message.value.trim() || 'The change could not be applied (simulated).' },
  };
  const fault = { ...wait, ...kinds[elements.kind.value] };
  if (Object.keys(fault).length === 0) throw new Error('Say how many seconds a slow answer takes.');
  return fault;
}

function standing(faults, notice, again) {
  if (faults.length === 0) return h('p', { class: 'muted' }, 'None.');
  return h(
    'ul',
    { class: 'list' },
    faults.map((fault) =>
      h(
        'li',
        { class: 'spread' },
        h(
          'span',
          { class: 'clip' },
          h('strong', null, routeWords(fault.route)),
          fault.tenant ? ` in ${TENANTS[fault.tenant] ?? fault.tenant}: ` : ': ',
          faultWords(fault.fault),
          ', ',
          timesWords(fault.count),
          '.',
        ),
        h(
          'button',
          {
            type: 'button',
            class: 'tiny',
            'data-key': `take-${fault.id}`,
            'aria-label': `Take away the fault on ${routeWords(fault.route)}`,
            onclick: (event) =>
              press(event.currentTarget, notice, async () => {
                await call('DELETE', `/_sim/faults/${encodeURIComponent(fault.id)}`);
                void again();
                return `The fault on ${routeWords(fault.route)} is taken away.`;
              }),
          },
          'Take away',
        ),
      ),
    ),
  );
}
