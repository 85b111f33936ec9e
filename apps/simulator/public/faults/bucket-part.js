import { call } from '/assets/api.js';
import { byId } from '/assets/dom.js';
import { press } from '/assets/live.js';
import { fillUnlessTyped } from './fill.js';

/** Size and rule of the rate limit. */
export function prepareBucket(notice, again) {
  const form = byId('bucket-form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { rule, rate, burst, per_endpoint: perEndpoint, retry_after_s: retryAfter } = form.elements;
    void press(event.submitter, notice, async () => {
      const { bucket } = await call('PATCH', '/_sim/switches', {
        bucket: {
          enabled: rule.value !== 'off',
          fixed_window: rule.value === 'window',
          rate: Number(rate.value),
          burst: Number(burst.value),
          per_endpoint: perEndpoint.value === 'true',
          retry_after_s: retryAfter.value === '' ? null : Number(retryAfter.value),
        },
      });
      delete form.dataset.typed;
      void again();
      return `The limit is saved: ${words(bucket)}`;
    });
  });
  return (bucket) => {
    byId('bucket').textContent = words(bucket);
    fillUnlessTyped(form, {
      rule: !bucket.enabled ? 'off' : bucket.fixed_window ? 'window' : 'continuous',
      rate: bucket.rate,
      burst: bucket.burst,
      per_endpoint: bucket.per_endpoint,
      retry_after_s: bucket.retry_after_s,
    });
  };
}

function words(bucket) {
  if (!bucket.enabled) return 'no limit.';
  const each = bucket.per_endpoint ? 'each application and operation' : 'each application';
  const size = bucket.fixed_window
    ? `${bucket.burst} in each whole second`
    : `${bucket.rate} a second, ${bucket.burst} at once`;
  return `${size}, for ${each}.`;
}
