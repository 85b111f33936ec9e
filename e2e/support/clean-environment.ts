import { OFFICIAL_DESCRIPTION } from './documented-calls';

/** A developer's own settings must not reach the programs under test, and neither must those of another way of testing. */
const OURS =
  /^(DATABASE_URL|REDIS_URL|MASTER_KEY|DATA_DIR|PORT|HOST|PUBLIC_URL|SIMULATOR.*|SMOKEBALL_.*|CASEHUG_API_URL|ALLOW_PRIVATE_NETWORKS|EMBEDDED_WORKER|WATCHDOG_INTERVAL_S|METRICS_.*|TLS_.*|TRUST_PROXY|SMTP_URL|LOG_LEVEL|NODE_ENV|npm_.*)$/;

/** The environment of a new terminal: nothing of Matterline's settings, of Jest's or of npm's. The simulator is told where the official file is. */
export function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name, value]) => value !== undefined && !OURS.test(name));
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...OFFICIAL_DESCRIPTION };
}
