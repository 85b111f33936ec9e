import { byId } from './dom.js';
import { get } from './api.js';
import { keepLooking } from './live.js';

const health = byId('health');

keepLooking(
  async () => {
    const [faults, switches] = await Promise.all([get('/_sim/faults'), get('/_sim/switches')]);
    const on = faults.length + (switches.drop_p > 0 ? 1 : 0);
    health.className = on === 0 ? 'chip good' : 'chip bad';
    health.textContent = on === 0 ? 'All well' : `${on} ${on === 1 ? 'fault is' : 'faults are'} switched on`;
  },
  (problem) => {
    if (problem === null) return;
    health.className = 'chip bad';
    health.textContent = problem.message;
  },
  3000,
);
