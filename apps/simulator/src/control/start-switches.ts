/**
 * The switches that the simulator starts with and that a reset goes back to.
 *
 * @param json `SIMULATOR_SWITCHES`: `{"auto_approve": true}`
 * @param off `SIMULATOR_OFF`: `17,23`
 * @throws when the text is no JSON object or the list holds something else than numbers.
 */
export function startSwitches(json: string | undefined, off: string | undefined): Readonly<Record<string, unknown>> {
  const given = json === undefined || json.trim() === '' ? {} : parsed(json);
  if (off === undefined || off.trim() === '') return given;
  const numbers = off.split(',').map((text) => Number(text));
  if (numbers.some((number) => !Number.isInteger(number))) {
    throw new Error(`SIMULATOR_OFF must be numbers such as 17,23, not "${off}".`);
  }
  return { ...given, off: numbers };
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(json) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw new Error('SIMULATOR_SWITCHES must be a JSON object.');
}
