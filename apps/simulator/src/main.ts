import { startSwitches } from './control/start-switches';
import { startSimulator } from './simulator';

const DEFAULT_PORT = 3010;

/** Starts the simulator as a process of its own; see README.md for the variables. */
async function main(): Promise<void> {
  const { SIMULATOR_PORT, SIMULATOR_HOST, SIMULATOR_DATA, SIMULATOR_SEED, SIMULATOR_PUBLIC_URL, SMOKEBALL_OPENAPI } =
    process.env;
  const { SIMULATOR_SWITCHES, SIMULATOR_OFF } = process.env;
  const simulator = await startSimulator({
    port: wholeNumber('SIMULATOR_PORT', SIMULATOR_PORT, DEFAULT_PORT),
    host: SIMULATOR_HOST,
    dataFolder: SIMULATOR_DATA === '' ? undefined : SIMULATOR_DATA,
    seed: wholeNumber('SIMULATOR_SEED', SIMULATOR_SEED, 1),
    publicUrl: SIMULATOR_PUBLIC_URL,
    switches: startSwitches(SIMULATOR_SWITCHES, SIMULATOR_OFF),
    openapiPath: SMOKEBALL_OPENAPI === '' ? undefined : SMOKEBALL_OPENAPI,
  });
  process.stdout.write(`${JSON.stringify({ ready: true, port: simulator.port })}\n`);
  const stop = (): void => {
    void simulator.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not "${text}".`);
  return value;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') return `port ${port ?? ''} is in use. Set SIMULATOR_PORT to another one.`;
  return error.message;
}

main().catch((error: unknown) => {
  process.stderr.write(`The simulator could not start: ${reasonOf(error)}\n`);
  process.exit(1);
});
