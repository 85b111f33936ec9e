import { FormError } from '../form-error';
import { newId } from '../new-id';
import type { CasehugSettings } from './casehug-settings';
import { shiftOf, type EventFlaw } from './event-flaw';
import { signEvent, type SignatureScheme } from './sign-event';

/** One event as it goes over the wire. `signature` is null when none is sent. */
export interface SignedEvent {
  readonly body: string;
  readonly signature: string | null;
}

export interface EventWish {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly scheme: SignatureScheme;
  readonly flaw: EventFlaw;
  /** Given to send the same event once more. */
  readonly id?: string;
}

/** Puts the envelope together and signs it, or does it wrongly where that is wished for. */
export function signedEvent(settings: CasehugSettings, wish: EventWish, nowMs: number): SignedEvent {
  const { type, data, scheme, flaw } = wish;
  const isShifted = shiftOf(flaw) !== 0;
  if (isShifted && scheme !== 'stripe')
    throw new FormError(`Only the scheme "stripe" carries a time; "${scheme}" cannot be too old or too new.`);
  const body = JSON.stringify({
    id: wish.id ?? newId('evt', nowMs),
    type,
    created_at: new Date(nowMs).toISOString(),
    firm_id: flaw === 'unknown_firm' ? 'firm_unknown' : settings.firm_id,
    data,
  });
  const signature = signEvent(scheme, secretFor(settings, flaw), body, nowMs + shiftOf(flaw));
  if (flaw === 'no_signature') return { body, signature: null };
  if (flaw === 'not_a_signature') return { body, signature: 'this is no signature' };
  return { body: flaw === 'changed_body' ? `${body} ` : body, signature };
}

function secretFor(settings: CasehugSettings, flaw: EventFlaw): string {
  if (flaw === 'wrong_secret') return `not ${settings.webhook_secret}`;
  if (flaw !== 'next_secret') return settings.webhook_secret;
  if (settings.webhook_secret_next === '')
    throw new FormError('No next secret is kept. Type it in the connection settings first.');
  return settings.webhook_secret_next;
}
