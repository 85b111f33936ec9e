/** An address inside the console, with its query, for `routerLink`; anything else is not followed. */
export function internalLink(href: string): { readonly path: string; readonly query: Record<string, string> } | null {
  if (!/^\/(?![/\\])/.test(href)) return null;
  const [path = '/', query = ''] = href.split('?');
  return { path, query: Object.fromEntries(new URLSearchParams(query)) };
}
