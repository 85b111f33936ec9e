/** Only addresses inside the console are followed after sign-in; anything else leads to the overview. */
export function safeReturn(target: string | undefined): string {
  if (!target || !target.startsWith('/') || /^\/[/\\]/.test(target) || target.startsWith('/sign-in')) return '/';
  return target;
}
