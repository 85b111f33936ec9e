import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newOAuthApp } from './child-environment.mjs';

/**
 * What the demo has to remember between starts (its login, its keys), mode 0600. Written after every step of making the demo firm,
 * so an interrupted first start goes on where it was.
 */
export class DemoStore {
  #values;

  /** @param {string} dataDir */
  constructor(dataDir) {
    this.file = path.join(dataDir, 'demo.json');
    this.#values = existsSync(this.file) ? JSON.parse(readFileSync(this.file, 'utf8')) : {};
  }

  get(name) {
    return this.#values[name];
  }

  /** @param {Record<string, unknown>} values */
  keep(values) {
    this.#values = { ...this.#values, ...values };
    writeFileSync(`${this.file}.new`, `${JSON.stringify(this.#values, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }

  /** Matterline's OAuth app at the simulated Smokeball, made once. */
  oauthApp() {
    if (this.get('oauthApp') === undefined) this.keep({ oauthApp: newOAuthApp() });
    return this.get('oauthApp');
  }
}
