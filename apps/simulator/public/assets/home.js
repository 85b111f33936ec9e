import { byId } from './dom.js';
import { get } from './api.js';
import { keepLooking } from './live.js';

const health = byId('health');

const ALONE =
  'No Matterline is set here yet, so the two desks have nobody to talk to; the simulated Smokeball works without one. Either start everything together with “npm start”, or fill in “Connection settings” at the foot of each desk.';

keepLooking(
  async () => {
    const [faults, switches, casehug, pbx] = await Promise.all(
      ['faults', 'switches', 'casehug', 'pbx'].map((name) => get(`/_sim/${name}`)),
    );
    byId('alone').textContent = casehug.configured || pbx.configured ? '' : ALONE;
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
