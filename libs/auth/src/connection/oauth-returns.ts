import { Injectable } from '@nestjs/common';
import type { OpenState, StatePurpose } from './oauth-states';

/** What Smokeball's redirect brought back. */
export interface OAuthReturn {
  readonly code: string | null;
  /** Smokeball's own `error`, e.g. `access_denied`. */
  readonly error: string | null;
}

/** Either a redirect to the console or a page that reports and closes itself. */
export type OAuthReply = { readonly redirect: string } | { readonly html: string; readonly status?: number };

export type OAuthFinisher = (state: OpenState, returned: OAuthReturn) => Promise<OAuthReply>;

/** Which room finishes a sign-in of which purpose; exactly one each. */
@Injectable()
export class OAuthReturns {
  private readonly finishers = new Map<StatePurpose['purpose'], OAuthFinisher>();

  register(purpose: StatePurpose['purpose'], finisher: OAuthFinisher): void {
    if (this.finishers.has(purpose)) throw new Error(`two finishers for ${purpose}`);
    this.finishers.set(purpose, finisher);
  }

  async finish(state: OpenState, returned: OAuthReturn): Promise<OAuthReply> {
    const finisher = this.finishers.get(state.for.purpose);
    if (!finisher) throw new Error(`no finisher for ${state.for.purpose}`);
    return await finisher(state, returned);
  }
}
