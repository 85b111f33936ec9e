import { z } from 'zod';
import { ProbeFailure } from '../probe-failure';

const tokenAnswer = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).nullish() });

/** An access token alone, or the whole JSON answer of Smokeball's token address. @throws ProbeFailure */
export function readTokenText(text: string): { readonly accessToken: string; readonly refreshToken: string | null } {
  const trimmed = text.trim();
  if (/^[\w.~+/=-]{16,}$/.test(trimmed)) return { accessToken: trimmed, refreshToken: null };
  const read = tokenAnswer.safeParse(jsonOf(trimmed));
  if (read.success) return { accessToken: read.data.access_token, refreshToken: read.data.refresh_token ?? null };
  throw new ProbeFailure('Standard input holds no token. Pipe in an access token, or the JSON of the token answer.');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
