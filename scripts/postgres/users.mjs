import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isRunning, startMark } from '../launch/processes.mjs';

/**
 * Who uses one embedded server: the last one out stops it. Call these only under the lock of the same folder.
 * A user is one call of `startPostgres`; a process may be several users.
 */
export class Users {
  /** @param {string} file where the list is kept */
  constructor(file) {
    this.file = file;
  }

  /** @returns {string} a token to leave with */
  enter() {
    const token = `${process.pid}-${Math.random().toString(36).slice(2)}`;
    this.#write([...this.#living(), { pid: process.pid, mark: startMark(process.pid), token }]);
    return token;
  }

  /** @returns {number} how many users are left, those that died without leaving not counted */
  leave(token) {
    const left = this.#living().filter((user) => user.token !== token);
    this.#write(left);
    return left.length;
  }

  #living() {
    return this.#read().filter((user) => isRunning(user.pid, user.mark));
  }

  #read() {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      return [];
    }
  }

  #write(users) {
    writeFileSync(`${this.file}.new`, JSON.stringify(users), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }
}
