import { Webhook } from 'standardwebhooks';

export interface Verdict {
  readonly good: boolean;
  /** Why not, in plain words; empty when good. */
  readonly reason: string;
}

/** Checks a notification by the Standard Webhooks rules (https://www.standardwebhooks.com): raw body, three headers, 5 minutes. */
export function verifyNotification(
  secret: string | undefined,
  rawBody: string,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Verdict {
  if (secret === undefined)
    return { good: false, reason: 'No signing secret is known: the receiver is not registered yet.' };
  const named = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name] ?? '')]),
  );
  try {
    new Webhook(secret).verify(rawBody, named, { jsonParse: false });
    return { good: true, reason: '' };
  } catch (thrown) {
    return {
      good: false,
      reason: thrown instanceof Error ? plain(thrown.message) : 'The signature could not be checked.',
    };
  }
}

function plain(message: string): string {
  if (message.includes('Missing')) return 'The signature headers are missing.';
  if (message.includes('too old')) return 'The signature is older than five minutes.';
  if (message.includes('too new')) return 'The signature is dated in the future.';
  if (message.includes('No matching')) return 'The signature does not fit the body and the secret.';
  return `The signature could not be checked (${message}).`;
}
