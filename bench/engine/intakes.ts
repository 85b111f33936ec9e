import type { Firm } from '../../e2e/support/firm';
import { formOf, type Intake, newIntake, pictureOf } from '../../e2e/kills/support/intake';

/** Brings matter and document to Matterline without having them sent on. */
export async function bring(firm: Firm, intake: Intake): Promise<void> {
  const path = `/api/v1/matters/${intake.matterId}`;
  const put = await firm.api('PUT', path, { json: pictureOf(intake) });
  if (put.status !== 202) throw new Error(`${put.status} ${put.text}`);
  const posted = await firm.api('POST', `${path}/documents`, { raw: formOf(intake) });
  if (posted.status !== 202) throw new Error(`${posted.status} ${posted.text}`);
}

export async function bringMany(firm: Firm, count: number): Promise<Intake[]> {
  const intakes = Array.from({ length: count }, newIntake);
  const left = [...intakes];
  const lane = async () => {
    for (let intake = left.pop(); intake; intake = left.pop()) await bring(firm, intake);
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return intakes;
}

/** Asks for the sync of these matters; many go in the bulk lane. */
export async function ask(firm: Firm, intakes: readonly Intake[]): Promise<void> {
  const json = { matter_ids: intakes.map(({ matterId }) => matterId) };
  const answer = await firm.api('POST', '/api/v1/integrations/smokeball/sync', { json });
  if (answer.status !== 202) throw new Error(`${answer.status} ${answer.text}`);
}
