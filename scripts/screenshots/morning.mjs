import { setTimeout as pause } from 'node:timers/promises';
import { jsonCall } from '../launch/json-call.mjs';
import { Problem } from '../launch/problem.mjs';

const LIMIT_MS = 90_000;
const POLL_MS = 300;

/** Invented people; 555-01xx numbers belong to nobody. */
const MATTERS = [
  ['Delgado — Dissolution', 'Maria', 'Delgado', 'Divorce (Standard)', '(312) 555-0118', ['Intake questionnaire.pdf', 'Financial affidavit.pdf']],
  ['Lindqvist — Parenting time', 'Theo', 'Lindqvist', 'Custody Only', '312-555-0142', ['Parenting plan.pdf']],
  ['Okafor — Support', 'Amara', 'Okafor', 'Child Support Calculation', '+1 312 555 0163', ['Pay statements.pdf', 'Tax return 2025.pdf']],
  ['Feldman — Business division', 'Ruth', 'Feldman', 'Divorce (Business Owner)', '312.555.0127', ['Operating agreement.pdf']],
  ['Marsh — Dissolution', 'Ivy', 'Marsh', 'Divorce (Standard)', '(312) 555-0190', ['Marriage certificate.pdf']],
]; // prettier-ignore
const WITHOUT_TYPE = ['Brandt — Art restitution', 'Jonas', 'Brandt', 'Art restitution', '(312) 555-0155', ['Provenance.pdf']]; // prettier-ignore

/** @typedef {{ operationId: string, matterId: string }} Story what the pictures show */

/**
 * Intakes that went well, one that failed and was mended, one that waits for a person, one matter closed in Smokeball, and one
 * document on its way while Smokeball is down.
 * @param {import('./start-demo.mjs').Demo} demo
 * @returns {Promise<Story>}
 */
export async function liveAMorning(demo) {
  const desk = new Desk(demo);
  const ids = [];
  for (const [at, intake] of MATTERS.entries()) ids.push(await desk.takeOn(intake, 4101 + at));
  for (const id of ids) await desk.untilConfirmed(id);
  await desk.untilHeld(await desk.takeOn(WITHOUT_TYPE, 4106));
  const [first, , third] = ids;
  await desk.down();
  const mended = await desk.approve(first, 'Settlement proposal.pdf');
  await desk.untilTried(mended);
  await desk.well();
  const { operationId } = await desk.retry(mended);
  await desk.closeInSmokeball(third);
  await desk.down();
  await desk.untilTried(await desk.approve(ids[1], 'School calendar.pdf'));
  return { operationId, matterId: first };
}

class Desk {
  constructor({ url, simulator, apiKey }) {
    this.simulator = simulator;
    this.api = async (method, path) => {
      const response = await fetch(`${url}/api/v1${path}`, { method, headers: { 'x-api-key': apiKey } });
      return (await response.json()).data;
    };
  }

  async takeOn([title, first, last, type, phone, files], serial) {
    const client = { first_name: first, last_name: last, phone, email: `${first}.${last}@example.com`.toLowerCase() };
    const matter = await jsonCall('POST', `${this.simulator}/casehug/api/matters?send_as=rest`, {
      body: { title, case_number: `CH-2026-${serial}`, case_type: type, state: 'IL', county: 'Cook', client },
    });
    for (const file of files) await this.approve(matter.id, file);
    return matter.id;
  }

  async approve(matterId, file) {
    const documents = `${this.simulator}/casehug/api/matters/${matterId}/documents`;
    const { upload_id: id } = await jsonCall('POST', `${documents}?send_as=rest`, {
      body: { sample: true, file_name: file },
    });
    await jsonCall('POST', `${documents}/${id}/approve?send_as=rest`, { body: {} });
    return id;
  }

  down() {
    const fault = { id: 'page-down', route: '*', fault: { status: 503 } };
    return jsonCall('POST', `${this.simulator}/_sim/faults`, { body: fault });
  }

  well() {
    return jsonCall('DELETE', `${this.simulator}/_sim/faults`);
  }

  untilConfirmed(matterId) {
    return this.#until(`${matterId} in Smokeball`, async () => {
      const documents = await this.api('GET', `/matters/${matterId}/documents`);
      return documents.every(({ state }) => state === 'confirmed');
    });
  }

  untilHeld(matterId) {
    return this.#until(`${matterId} held`, async () => {
      const { link } = await this.api('GET', `/matters/${matterId}`);
      return link.state === 'needs_mapping';
    });
  }

  untilTried(uploadId) {
    return this.#until('a failed try', async () => (await this.#operation(uploadId))?.error);
  }

  async retry(uploadId) {
    const { id } = await this.#operation(uploadId);
    await this.api('POST', `/integrations/smokeball/sync/${id}/retry`);
    await this.#until('the retry', async () => (await this.#operation(uploadId)).state === 'succeeded');
    return { operationId: id };
  }

  async closeInSmokeball(matterId) {
    const { link } = await this.api('GET', `/matters/${matterId}`);
    const body = { status: 'Closed' };
    await jsonCall('POST', `${this.simulator}/_sim/us/as-user/matters/${link.smokeball_matter_id}`, { body });
    await this.#until(
      'the closed matter',
      async () => (await this.api('GET', `/matters/${matterId}`)).link.smokeball_status === 'Closed',
    );
  }

  async #operation(uploadId) {
    const found = await this.api('GET', `/integrations/smokeball/sync?q=${uploadId}`);
    return found.find(({ kind }) => kind === 'document.push');
  }

  async #until(what, look) {
    const until = Date.now() + LIMIT_MS;
    while (Date.now() < until) {
      if (await look()) return;
      await pause(POLL_MS);
    }
    throw new Problem(`Waited in vain for ${what}.`);
  }
}
