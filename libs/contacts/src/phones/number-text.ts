import { readSipAddress } from './sip-address';

/** A number as digits, with what its writing says about it. */
export interface NumberText {
  readonly digits: string;
  readonly hasPlus: boolean;
}

/** From "ext", "x", "#" or a comma that a dialler would pause at, to the end: not part of the number. */
const EXTENSION =
  /\s*(?:[,;]?\s*(?:extension|extn?|ext|x)[\s.:=]*\d{1,7}|#\s*\d{1,7}|[,;]\s*(?=\d{1,5}\s*$)\d{1,5})\s*$/i;
const RUN = /[+(]*\d(?:[\s().\-–—‐‑·/\u00a0]*\d)*/;

/** Finds the number in a text: SIP dressing, words around it, an extension and a bracketed trunk zero come off. Null without digits. */
export function readNumberText(text: string): NumberText | null {
  const user = readSipAddress(text).user.normalize('NFKC');
  const withoutExtension = user.replace(EXTENSION, '');
  const run = (RUN.exec(withoutExtension) ?? RUN.exec(user))?.[0];
  if (!run) return null;
  const hasPlus = run.includes('+');
  const digits = run
    .replace(/\(0\)/g, (zero, at: number) => (isAfterCountry(run, at, hasPlus) ? '' : zero))
    .replace(/\D/g, '');
  return { digits, hasPlus };
}

/** The extension behind a number, null without one. */
export function extensionOf(text: string): string | null {
  return /\d+/.exec(EXTENSION.exec(text.normalize('NFKC'))?.[0] ?? '')?.[0] ?? null;
}

/** `+44 (0)20`: the zero is for callers from inside the country. */
function isAfterCountry(run: string, at: number, hasPlus: boolean): boolean {
  return hasPlus || /^0{2}/.test(run.slice(0, at).replace(/\D/g, ''));
}
