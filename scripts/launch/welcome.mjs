import path from 'node:path';
import { simulatorUrl } from './child-environment.mjs';

/**
 * What a person reads when everything runs.
 * @param {{ settings: ReturnType<import('./settings.mjs').readSettings>, login: { email: string, password: string } | null,
 *   dataDir: string }} what
 */
export function welcome({ settings, login, dataDir }) {
  const { publicUrl } = settings;
  const where = [
    '',
    'Matterline is running.',
    '',
    `  Console          ${publicUrl}/`,
    `  API docs         ${publicUrl}/api/docs`,
    ...(settings.simulator ? simulatorAddresses(simulatorUrl(settings)) : []),
    ...(login ? ['', `  Sign in as       ${login.email}`, `  Password         ${login.password}`] : []),
    ...(settings.simulator ? thingsToTry(simulatorUrl(settings)) : firstSteps()),
    '',
    `Data and logs are in ${path.relative('.', dataDir) || '.'}. Stop with Ctrl-C; a later start keeps the data.`,
    '',
  ];
  return where.join('\n');
}

function simulatorAddresses(simulator) {
  return [
    `  Simulator        ${simulator}/            (a Smokeball to play with)`,
    `  CaseHug desk     ${simulator}/casehug/`,
    `  PBX desk         ${simulator}/pbx/`,
  ];
}

function thingsToTry(simulator) {
  return [
    '',
    'Three things to try',
    '  1. Connect: sign in to the console, open Settings → Integrations, click "Connect to Smokeball" and allow it.',
    `  2. Intake: on the CaseHug desk create a matter with a client and approve a PDF; seconds later all of it stands in Smokeball.`,
    `  3. Phone: on the PBX desk ring extension 504 from that client's number; the caller's name and matter pop up.`,
    `     Then break something on ${simulator}/faults/ and see what the console says.`,
  ];
}

function firstSteps() {
  return [
    '',
    'Make a firm and its administrator first:',
    '  npm run -s cli -- firm:create --name "Your Firm" --casehug-firm-id ID --region us',
    '  npm run -s cli -- user:create --firm ID --email you@example.com --role firm_admin',
  ];
}
