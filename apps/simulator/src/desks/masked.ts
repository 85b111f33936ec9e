/** A secret as a page may show it: enough to recognise it, too little to use it. */
export function masked(secret: string): string {
  if (secret === '') return '';
  return secret.length <= 12 ? '••••' : `${secret.slice(0, 8)}…${secret.slice(-4)}`;
}
