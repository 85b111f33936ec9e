import { requireNode } from './launch/node-version.mjs';

requireNode();

/**
 * `npm run screenshots`: starts Matterline on an empty data folder, lets a small firm live through a morning, and takes the pictures
 * of the console that stand in docs/screenshots: each page in light and in dark, and as a telephone shows it.
 */
async function main() {
  const { mkdtempSync, rmSync } = await import('node:fs');
  const os = await import('node:os');
  const path = await import('node:path');
  const { chromium } = await import('playwright-core');
  const { PROJECT_DIR } = await import('./launch/project-dir.mjs');
  const { Problem } = await import('./launch/problem.mjs');
  const { Progress } = await import('./launch/progress.mjs');
  const { startDemo } = await import('./screenshots/start-demo.mjs');
  const { connect } = await import('./screenshots/connect.mjs');
  const { liveAMorning } = await import('./screenshots/morning.mjs');
  const { takePictures } = await import('./screenshots/pictures.mjs');
  const { TOOLS } = await import('./testing/tools.mjs');
  const progress = new Progress();
  const executablePath = TOOLS.chromium.find();
  if (executablePath === null)
    throw new Problem('No Chromium or Chrome was found.', 'Install one, or name it in CHROMIUM_PATH.');
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'matterline-screenshots-'));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const demo = await progress.step('Starting a demo of its own', () => startDemo(dataDir));
  try {
    await progress.step('Connecting to the simulated Smokeball', () => connect(browser, demo));
    const story = await progress.step('Living through a morning', () => liveAMorning(demo));
    const folder = path.join(PROJECT_DIR, 'docs', 'screenshots');
    await progress.step('Taking the pictures', () => takePictures(browser, { demo, story, folder }));
  } finally {
    await browser.close();
    await demo.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const { reportFailure } = await import('./launch/report-failure.mjs');
await main().catch(reportFailure);
