import { call, get } from '/assets/api.js';
import { byId } from '/assets/dom.js';
import { press, tell } from '/assets/live.js';
import { confirmed } from './confirm.js';
import { TENANTS } from './words.js';

/** Back to the seed data. */
export function prepareReset(notice, again) {
  const form = byId('reset-form');
  const { tenant, keep_connections: keep, seed } = form.elements;
  const showSeed = async () => {
    byId('seed').textContent = `Seed ${(await get('/faults/api/seed')).seed}`;
  };
  tenant.addEventListener('change', () => {
    seed.disabled = tenant.value !== '';
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const name = tenant.value === '' ? 'Everything' : TENANTS[tenant.value];
    void press(event.submitter, notice, async () => {
      const words = keep.checked
        ? 'What was made since the start is thrown away. Sign-ins and webhook subscriptions stay.'
        : 'What was made since the start is thrown away, and every firm has to connect again.';
      if (!(await confirmed({ title: `Reset: ${name}?`, words, yes: 'Reset' }))) return '';
      const begun = performance.now();
      await call('POST', '/_sim/reset', {
        ...(tenant.value === '' ? {} : { tenant: tenant.value }),
        ...(tenant.value === '' && seed.value !== '' ? { seed: Number(seed.value) } : {}),
        keep_connections: keep.checked,
      });
      const tookMs = Math.round(performance.now() - begun);
      await showSeed();
      void again();
      return `${name} is back at the seed data, after ${tookMs} ms.`;
    });
  });
  showSeed().catch((problem) => tell(notice, 'bad', problem.message));
}
