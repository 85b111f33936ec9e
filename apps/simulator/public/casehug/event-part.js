import { call, get } from '/assets/api.js';
import { byId, h } from '/assets/dom.js';
import { press, tell } from '/assets/live.js';
import { eventAnswer } from './sending-view.js';

/** The form that sends one event by itself. `chosen()` is the id of the matter that it is about. */
export function prepareEvents(notice, chosen, sent) {
  const form = byId('event-form');
  const again = byId('event-again');
  const answer = byId('event-answer');
  let last = null;

  const send = (button, wish) =>
    press(button, notice, async () => {
      answer.replaceChildren();
      const { sending } = await call('POST', '/casehug/api/events', {
        ...(chosen() && { matter_id: chosen() }),
        ...wish,
      });
      last = { ...wish, id: idOf(sending) ?? wish.id };
      again.hidden = last.id === undefined;
      answer.replaceChildren(eventAnswer(sending));
      sent();
    });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(event.submitter, Object.fromEntries(new FormData(form)));
  });
  again.addEventListener('click', () => void send(again, last));

  const { scheme, flaw, type } = form.elements;
  const timed = () => {
    for (const option of flaw.options)
      option.disabled = ['old', 'future'].includes(option.value) && scheme.value !== 'stripe';
    if (flaw.selectedOptions[0]?.disabled) flaw.value = 'none';
  };
  scheme.addEventListener('change', timed);
  timed();
  get('/casehug/api/event-choices')
    .then(({ types }) => type.replaceChildren(...types.map((one) => h('option', { value: one }, one))))
    .catch((problem) => tell(notice, 'bad', problem.message));
}

function idOf(sending) {
  try {
    return JSON.parse(sending.sent.body).id;
  } catch {
    return undefined;
  }
}
