import type { Firm } from '../model/firm';
import type { Origin } from '../webhooks/event';
import type { World } from '../world';

/** Where a change by hand comes from: one of the firm's people, with a RequestId of its own. */
export function originOf(world: World, firm: Firm): Origin {
  const people = [...firm.users.values()].filter((user) => !user.isFormerUser);
  const userId = people.length === 0 ? null : world.random.pick(people).id;
  return { requestId: world.random.uuid(), source: 'Smokeball', userId };
}
