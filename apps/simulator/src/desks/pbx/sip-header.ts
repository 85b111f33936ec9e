/** A SIP header as the PBX writes it: `"Tom Jones" <sip:504@law.example.com>`; without a name the number stands for it. */
export function sipHeader(user: string, domain: string, name = ''): string {
  const shown = (name === '' ? user : name).replace(/["\\]/g, '');
  return `"${shown}" <sip:${user.replace(/[\s<>@";]/g, '')}@${domain}>`;
}
