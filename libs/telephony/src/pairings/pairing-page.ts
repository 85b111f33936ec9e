/** How a pairing ended, for the person in front of the window. */
export type PairingOutcome =
  | 'paired'
  | 'access_denied'
  | 'exchange_failed'
  | 'email_mismatch'
  | 'email_unknown'
  | 'other_account'
  | 'not_configured'
  | 'unknown_extension';

interface PageText {
  readonly title: string;
  readonly text: string;
}

const TEXTS: Readonly<Record<PairingOutcome, PageText>> = {
  paired: { title: 'Paired', text: 'Your phone now shows who is calling. This window closes by itself.' },
  access_denied: {
    title: 'Not paired',
    text: 'Access was not allowed at Smokeball. Click Pair again if that was a mistake.',
  },
  exchange_failed: { title: 'Not paired', text: 'Smokeball did not complete the sign-in. Click Pair again.' },
  email_mismatch: {
    title: 'Not paired: another e-mail address',
    text: 'The Smokeball user’s e-mail address differs from the one your phone system holds for this extension. Sign in to Smokeball with your own user, or ask your administrator to correct the extension’s e-mail address.',
  },
  email_unknown: {
    title: 'Not paired: e-mail address unknown',
    text: 'Smokeball did not say which e-mail address belongs to this user, so it could not be compared with the extension’s. Try again later.',
  },
  other_account: {
    title: 'Not paired: another firm',
    text: 'This Smokeball user belongs to another Smokeball account than the one your firm is connected to.',
  },
  not_configured: { title: 'Not paired', text: 'Smokeball integration is not configured. Ask your administrator.' },
  unknown_extension: {
    title: 'Not paired',
    text: 'Your phone system no longer lists this extension. Ask your administrator.',
  },
};

/** Served by us, so that a strict content security policy lets it run. */
export const CLOSE_SCRIPT_PATH = '/api/v1/vodia/close-window.js';
export const CLOSE_SCRIPT = `(function () {
  'use strict';
  var wait = document.documentElement.getAttribute('data-outcome') === 'paired' ? 1500 : 20000;
  setTimeout(function () { window.close(); }, wait);
})();
`;

/** The page in the pairing window. It holds no data of anybody, only fixed sentences. */
export function pairingPage(outcome: PairingOutcome): string {
  const { title, text } = TEXTS[outcome];
  const sign = outcome === 'paired' ? '✓' : '✕';
  return `<!doctype html>
<html lang="en" data-outcome="${outcome}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main role="status"><h1>${sign} ${title}</h1><p>${text}</p></main>
<script src="${CLOSE_SCRIPT_PATH}"></script></body>
</html>
`;
}
