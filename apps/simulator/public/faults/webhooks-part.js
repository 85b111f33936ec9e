import { call } from '/assets/api.js';
import { byId } from '/assets/dom.js';
import { press } from '/assets/live.js';
import { fillUnlessTyped } from './fill.js';

const OUTCOMES = {
  drop: ['is lost', 'are lost'],
  reorder: ['comes late', 'come late'],
  duplicate: ['is sent twice', 'are sent twice'],
  fail: ['fails at the first attempt', 'fail at the first attempt'],
};

/** Probabilities and delays of all notifications, and what happens to the next few. */
export function prepareWebhooks(notice, again) {
  const form = byId('hooks-form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void press(event.submitter, notice, async () => {
      const value = (name) => Number(form.elements[name].value);
      if (value('max') < value('min')) throw new Error('The longest delay must not be shorter than the shortest.');
      const retries = form.elements.retry.value.split(',').map((one) => one.trim());
      const waits = retries.filter(Boolean).map((one) => Math.round(Number(one) * 1000));
      if (waits.some((one) => !Number.isFinite(one) || one < 0))
        throw new Error('Write the retries as seconds: 5, 30, 120.');
      await call('PATCH', '/_sim/switches', {
        drop_p: value('drop') / 100,
        duplicate_p: value('duplicate') / 100,
        reorder_p: value('reorder') / 100,
        webhook_delay_ms: { min: Math.round(value('min') * 1000), max: Math.round(value('max') * 1000) },
        webhook_retry_ms: waits,
      });
      delete form.dataset.typed;
      void again();
      return `From now on ${value('drop')}% of the notifications are lost, ${value('duplicate')}% are sent twice and ${value('reorder')}% come out of order.`;
    });
  });
  byId('force-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const { outcome, count } = event.currentTarget.elements;
    void press(event.submitter, notice, async () => {
      const times = Number(count.value);
      await call('POST', '/_sim/deliveries/force', { outcome: outcome.value, count: times });
      const [one, many] = OUTCOMES[outcome.value];
      return times === 1 ? `The next notification ${one}.` : `The next ${times} notifications ${many}.`;
    });
  });
  return (switches) =>
    fillUnlessTyped(form, {
      drop: percent(switches.drop_p),
      duplicate: percent(switches.duplicate_p),
      reorder: percent(switches.reorder_p),
      min: switches.webhook_delay_ms.min / 1000,
      max: switches.webhook_delay_ms.max / 1000,
      retry: switches.webhook_retry_ms.map((one) => one / 1000).join(', '),
    });
}

const percent = (probability) => Math.round(probability * 100);
