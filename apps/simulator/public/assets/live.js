/**
 * Runs `look` now and then again and again, a pause after each end, not while the page is hidden.
 * Gives a function that looks at once. `onProblem` gets the error of a failed look, or null when all is well again.
 */
export function keepLooking(look, onProblem, pauseMs = 1000) {
  let timer;
  let running = false;
  let again = false;
  const run = async () => {
    clearTimeout(timer);
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await look();
      onProblem(null);
    } catch (problem) {
      onProblem(problem);
    }
    running = false;
    if (again) {
      again = false;
      return run();
    }
    if (!document.hidden) timer = setTimeout(run, pauseMs);
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : void run()));
  void run();
  return run;
}

/**
 * Runs what a button does, once at a time, and shows a problem in `notice`. The button is only marked as off meanwhile:
 * one that is really disabled would lose the keyboard's focus.
 */
export async function press(button, notice, deed) {
  if (button?.getAttribute('aria-disabled') === 'true') return;
  button?.setAttribute('aria-disabled', 'true');
  try {
    const said = await deed();
    tell(notice, 'good', typeof said === 'string' ? said : '');
  } catch (problem) {
    tell(notice, 'bad', problem.message);
  } finally {
    button?.removeAttribute('aria-disabled');
  }
}

export function tell(notice, tone, message) {
  notice.className = `notice ${tone}`;
  notice.textContent = message;
}
