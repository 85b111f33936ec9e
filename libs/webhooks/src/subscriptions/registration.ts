import {
  type CallContext,
  type CallResult,
  eachPage,
  type SmokeballClient,
  type WebhookSubscription,
} from '@matterline/smokeball-client';

/** What is to stand at Smokeball. */
export interface RegistrationWish {
  readonly name: string;
  readonly key: string;
  /** All that we want; Smokeball takes only what it offers. */
  readonly eventTypes: readonly string[];
  readonly eventNotificationUrl: string;
}

/** What we know from before. */
export interface KnownRegistration {
  readonly id: string | null;
  /** Whether it surely has our key and types; else they are written again. */
  readonly isSettled: boolean;
}

export type RegistrationFound =
  | { readonly stands: true; readonly id: string; readonly types: readonly string[]; readonly surplus: number }
  | { readonly stands: false; readonly step: string; readonly code: string };

interface Steps {
  /** There is none of ours, or another than we knew; called before anything is made. */
  readonly onAbsent: () => Promise<void>;
  /** Called right before a registration is made; what it throws stops that. */
  readonly beforeCreate: () => Promise<void>;
}

type Refused = CallResult<unknown> & { readonly ok: false };

/**
 * One registration at our address and no more: looks before it makes one, and again when the answer of making it was lost. Those at other
 * addresses are never touched. Source: docs/smokeball-api.md#webhooks
 */
export async function register(
  smokeball: SmokeballClient,
  call: CallContext,
  wish: RegistrationWish,
  known: KnownRegistration,
  steps: Steps,
): Promise<RegistrationFound> {
  const offered = await smokeball.webhooks.types(call);
  if (!offered.ok) return failed('types', offered);
  const types = wish.eventTypes.filter((type) => offered.data.includes(type)).sort();
  const write = { ...wish, eventTypes: types };
  const seen = await ours(smokeball, call, wish.eventNotificationUrl);
  if (!seen.ok) return failed('list', seen);
  const kept = seen.data.find((one) => one.id === known.id) ?? seen.data[0];
  if (kept?.id !== known.id) await steps.onAbsent();
  if (!kept) return await create();
  const surplus = await removeOthers(smokeball, call, seen.data, kept.id);
  const isSame = known.isSettled && known.id === kept.id && [...kept.eventTypes].sort().join() === types.join();
  if (!isSame) {
    const updated = await smokeball.webhooks.update(kept.id, write, call);
    if (!updated.ok && updated.failure.kind === 'not_found') {
      await steps.onAbsent();
      return await create();
    }
    if (!updated.ok) return failed('update', updated);
  }
  return { stands: true, id: kept.id, types, surplus };

  async function create(): Promise<RegistrationFound> {
    const created = await smokeball.webhooks.create(write, { ...call, beforeSend: steps.beforeCreate });
    if (created.ok) return { stands: true, id: created.data.id, types, surplus: 0 };
    if (created.failure.sent === 'no') return failed('create', created);
    // It may have been made all the same.
    const again = await ours(smokeball, call, wish.eventNotificationUrl);
    const [made] = again.ok ? again.data : [];
    return made ? { stands: true, id: made.id, types, surplus: 0 } : failed('create', created);
  }
}

/** Those at our address, the oldest first. */
async function ours(
  smokeball: SmokeballClient,
  call: CallContext,
  url: string,
): Promise<{ readonly ok: true; readonly data: readonly WebhookSubscription[] } | Refused> {
  const found: WebhookSubscription[] = [];
  for await (const page of eachPage((at) => smokeball.webhooks.list(at, call))) {
    if (!page.ok) return page;
    found.push(...page.data.items.filter((one) => one.eventNotificationUrl === url));
  }
  return { ok: true, data: found.sort(byAge) };
}

function byAge(one: WebhookSubscription, other: WebhookSubscription): number {
  return `${one.createdDateUtc ?? ''}/${one.id}` < `${other.createdDateUtc ?? ''}/${other.id}` ? -1 : 1;
}

/** Two processes that fell out of step may have made two. @returns how many are left besides the one that is kept. */
async function removeOthers(
  smokeball: SmokeballClient,
  call: CallContext,
  all: readonly WebhookSubscription[],
  keptId: string,
): Promise<number> {
  let left = 0;
  for (const other of all.filter(({ id }) => id !== keptId)) {
    const removed = await smokeball.webhooks.remove(other.id, call);
    if (!removed.ok && removed.failure.kind !== 'not_found') left += 1;
  }
  return left;
}

function failed(step: string, answer: Refused): RegistrationFound {
  return { stands: false, step, code: answer.failure.kind };
}
