import { type Browser, chromium } from 'playwright-core';
import { evaluate } from '../../scripts/testing/evaluate';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real headless Chromium or Chrome, found as `npm test` finds it (CHROMIUM_PATH goes first). */
export async function launchBrowser(): Promise<Browser> {
  const { value } = evaluate(`return (await load('testing/tools.mjs')).TOOLS.chromium.find();`);
  if (typeof value !== 'string')
    throw new Error('no Chromium or Chrome on this machine: install one, or name it in CHROMIUM_PATH');
  return await chromium.launch({ executablePath: value, headless: true, args: FLAGS });
}
