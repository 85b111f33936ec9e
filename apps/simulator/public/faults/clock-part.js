import { call } from '/assets/api.js';
import { byId, h, show } from '/assets/dom.js';
import { press } from '/assets/live.js';
import { lengthWords } from './words.js';

const JUMPS = [
  ['1 minute', 60_000],
  ['10 minutes', 600_000],
  ['1 hour', 3_600_000],
  ['1 day', 86_400_000],
  ['31 days', 31 * 86_400_000],
];

/** Moves the simulated clock on, and shows what it says. */
export function prepareClock(notice, again) {
  const jump = (button, ms) =>
    press(button, notice, async () => {
      const after = await call('POST', '/_sim/clock', { advance_ms: ms });
      void again();
      const jobs = after.jobs_run === 1 ? 'one thing fell due' : `${after.jobs_run} things fell due`;
      return `It is now ${moment(after.now)} in Smokeball, ${lengthWords(ms)} later; ${after.jobs_run === 0 ? 'nothing fell due' : jobs} on the way.`;
    });
  byId('jumps').append(
    ...JUMPS.map(([words, ms]) =>
      h('button', { type: 'button', onclick: (event) => jump(event.currentTarget, ms) }, `+ ${words}`),
    ),
  );
  byId('clock-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void jump(event.submitter, Math.round(Number(event.currentTarget.elements.minutes.value) * 60_000));
  });
  byId('settle').addEventListener('click', (event) =>
    press(event.currentTarget, notice, async () => {
      const after = await call('POST', '/_sim/settle');
      void again();
      return `Nothing waits any more to become visible or to be delivered. It is now ${moment(after.now)} in Smokeball.`;
    }),
  );
  return ({ now, offset_ms: offset, pending_jobs: pending }) =>
    show(byId('clock'), [now.slice(0, 19), offset, pending], () => [
      h('strong', null, moment(now)),
      h(
        'span',
        { class: 'muted' },
        offset === 0 ? ' · the real time' : ` · ${lengthWords(offset)} ahead of the real time`,
        ` · ${pending === 1 ? '1 thing waits' : `${pending} things wait`}`,
      ),
    ]);
}

function moment(iso) {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
