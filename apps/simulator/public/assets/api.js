/** Calls the simulator. A refusal becomes an Error whose message is meant for people. */
export async function call(method, path, body, headers = {}) {
  const options = { method, headers: { ...headers } };
  if (body instanceof FormData || body instanceof Blob) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers['content-type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error('The simulator does not answer. Is it still running?');
  }
  const text = await response.text();
  const answer = parsed(text);
  if (response.ok) return answer;
  const message = messageOf(answer) ?? `The simulator answered with status ${response.status}.`;
  throw Object.assign(new Error(message), { status: response.status, details: answer?.error?.details });
}

export const get = (path) => call('GET', path);

function parsed(text) {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

function messageOf(answer) {
  const error = answer?.error;
  if (typeof error === 'string') return error;
  return error?.message ?? answer?.message ?? answer?.detail;
}
