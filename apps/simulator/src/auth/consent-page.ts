import { createHash } from 'node:crypto';
import type { Tenant } from '../model/tenant';
import { describeScopes } from './scopes';
import type { AuthorizeRequest } from './authorize-request';

const STYLE = `
  :root { color-scheme: light dark; --ink: #16324f; --soft: #5c6f82; --line: #d5dde5; --back: #f2f5f8; --card: #fff; --go: #0b6e4f; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9fb0c0; --line: #314150; --back: #10181f; --card: #18232d; --go: #2a9d74; } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
  main { width: min(27rem, calc(100vw - 2rem)); background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.75rem; box-sizing: border-box; }
  h1 { font-size: 1.35rem; margin: 0 0 .5rem; } p { margin: .5rem 0; overflow-wrap: anywhere; } ul { margin: .25rem 0 1rem; padding-left: 1.2rem; color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
  @media (min-width: 480px) { .scopes { columns: 2; } }
  label { display: block; margin: .75rem 0; font-weight: 600; font-size: .9rem; } input { display: block; box-sizing: border-box; width: 100%; margin-top: .25rem; padding: .6rem .7rem; font: inherit; border: 1px solid var(--line); border-radius: 8px; background: transparent; color: inherit; }
  .buttons { display: flex; gap: .75rem; margin-top: 1.25rem; } button { flex: 1; padding: .7rem; font: inherit; font-weight: 600; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer; }
  button[value=allow] { background: var(--go); border-color: var(--go); color: #fff; } .error { color: #b3261e; font-weight: 600; } .hint ul { list-style: none; padding: 0; } .hint { color: var(--soft); font-size: .85rem; border-top: 1px solid var(--line); margin-top: 1.25rem; padding-top: .75rem; }
  .badge { display: inline-block; font-size: .75rem; color: var(--soft); border: 1px solid var(--line); border-radius: 99px; padding: 0 .6rem; margin-bottom: .75rem; }
`;

/** The sign-in and consent page: who asks, for what, and a form that posts back to the same address. */
export function consentPage(
  tenant: Tenant,
  request: AuthorizeRequest,
  action: string,
  options: { readonly error?: string; readonly email?: string } = {},
): string {
  const scopes = describeScopes(request.scopes ?? request.app.scopes);
  const error = options.error === undefined ? '' : `<p class="error" role="alert">${escape(options.error)}</p>`;
  return page(
    'Sign in to Smokeball',
    `<span class="badge">Simulated Smokeball · ${escape(tenant.info.region.toUpperCase())} ${tenant.info.environment}</span>
    <h1>Sign in to Smokeball</h1>
    <p><b>${escape(request.app.client_id)}</b> asks for permission to:</p>
    <ul class="scopes">${scopes.map((scope) => `<li>${escape(scope)}</li>`).join('')}</ul>
    ${error}
    <form method="post" action="${escape(action)}">
      <label>E-mail <input name="email" type="email" autocomplete="username" value="${escape(options.email ?? request.loginHint ?? '')}" autofocus></label>
      <label>Password <input name="password" type="password" autocomplete="current-password"></label>
      <div class="buttons">
        <button name="decision" value="allow">Allow</button>
        <button name="decision" value="deny" formnovalidate>Deny</button>
      </div>
    </form>
    <div class="hint">${whoMaySignIn(tenant)}</div>`,
  );
}

/** The people of each firm who work there now and have a user. */
function whoMaySignIn(tenant: Tenant): string {
  const firms = [...tenant.firms.values()].map((firm) => ({
    name: firm.record().name,
    users: [...firm.users.values()].filter((user) => !user.isFormerUser && firm.staff.get(user.staffId)?.enabled !== false), // prettier-ignore
  }));
  const [first] = firms.flatMap(({ users }) => users);
  const lists = firms.map(
    ({ name, users }) =>
      `<p>${escape(name)}</p><ul>${users.map((user) => `<li>${escape(user.email)}</li>`).join('')}</ul>`,
  );
  return `<p>For the demonstration the password is <b>${escape(first?.password ?? '')}</b>. You can sign in as one of these:</p>${lists.join('')}`;
}

/** A page that only says what went wrong, or that the sign-out is done. */
export function messagePage(title: string, text: string, advice: readonly string[] = []): string {
  const lines = [text, ...advice].map((line) => `<p>${escape(line)}</p>`);
  return page(title, `<h1>${escape(title)}</h1>${lines.join('')}`);
}

/** Only this page's own style, no scripts, in nobody's frame. Forms are left open: a consent leads on to the partner's address. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; img-src 'self'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><link rel="icon" href="/assets/icon.svg"><style>${STYLE}</style></head><body><main>${content}</main></body></html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
