/** Value of one readable cookie, or null. Source: RFC 6265 section 5.4 (the form of `document.cookie`). */
export function readCookie(cookies: string, name: string): string | null {
  for (const pair of cookies.split('; ')) {
    const [key, ...rest] = pair.split('=');
    if (key === name) return decodeURIComponent(rest.join('='));
  }
  return null;
}
