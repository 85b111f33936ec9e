import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { checkedLookup, isPublicAddress, requireAllowedTarget, type Resolve, targetAgent } from './public-target';

describe('isPublicAddress', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::FFFF:169.254.169.254',
    '::127.0.0.1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fec0::1',
    '100::1',
    '',
    'localhost',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
  ])('%j is not', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '172.15.255.255',
    '100.128.0.1',
    '192.169.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
    '::ffff:8.8.8.8',
  ])('%j is', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('requireAllowedTarget', () => {
  const refused: readonly [string, string][] = [
    ['plain http', 'http://example.com/hook'],
    ['another scheme', 'ftp://example.com/'],
    ['a file', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/plain,x'],
    ['no address at all', 'hook'],
    ['a user name', 'https://anna@example.com/'],
    ['a user name and a password', 'https://anna:secret@example.com/'],
    ['loopback', 'https://127.0.0.1/'],
    ['loopback in decimal', 'https://2130706433/'],
    ['loopback in octal', 'https://0177.0.0.1/'],
    ['loopback in hexadecimal', 'https://0x7f.0.0.1/'],
    ['loopback in one hexadecimal number', 'https://0x7f000001/'],
    ['loopback in short', 'https://127.1/'],
    ['loopback in full-width digits', 'https://１２７.０.０.１/'],
    ['loopback in one octal number', 'https://017700000001/'],
    ['loopback with a dot', 'https://127.0.0.1./'],
    ['loopback in percent signs', 'https://%31%32%37.0.0.1/'],
    ['nowhere', 'https://0/'],
    ['nowhere in full', 'https://0.0.0.0/'],
    ['nowhere of IPv6', 'https://[::]/'],
    ['nowhere mapped into IPv6', 'https://[::ffff:0.0.0.0]/'],
    ['the metadata service mapped into IPv6', 'https://[::ffff:a9fe:a9fe]/'],
    ['the metadata service in hexadecimal', 'https://0xa9fea9fe/'],
    ['a name without a dot, but with the root’s', 'https://intranet./'],
    ['a name of a local network with the root’s dot', 'https://printer.local./'],
    ['a public name before the at sign', 'https://example.com@127.0.0.1/'],
    ['the metadata service', 'https://169.254.169.254/latest/meta-data/'],
    ['the metadata service in decimal', 'https://2852039166/'],
    ['loopback of IPv6', 'https://[::1]/'],
    ['loopback mapped into IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['loopback mapped into IPv6, in hexadecimal', 'https://[::ffff:7f00:1]/'],
    ['loopback as an IPv4-compatible address', 'https://[::127.0.0.1]/'],
    ['the metadata service behind NAT64', 'https://[64:ff9b::a9fe:a9fe]/'],
    ['a private network', 'https://192.168.0.10:8443/'],
    ['link-local', 'https://[fe80::1]/'],
    ['localhost', 'https://localhost/'],
    ['localhost with a dot', 'https://localhost./'],
    ['a name below localhost', 'https://x.localhost/'],
    ['a name without a dot', 'https://intranet/'],
    ['a name of a local network', 'https://printer.local/'],
    ['a name of the inside', 'https://api.internal/'],
  ];
  it.each(refused)('refuses %s', (_name, url) => {
    expect(() => requireAllowedTarget(url, false)).toThrow(
      expect.objectContaining({ code: 'target_not_allowed', status: 422 }),
    );
  });

  it.each([
    'https://example.com/hook?x=1',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://example.com:8443/',
  ])('lets %s be', (url) => expect(requireAllowedTarget(url, false).href).toBe(new URL(url).href));

  it.each(['http://127.0.0.1:3000/', 'http://localhost:1/', 'https://10.0.0.1/'])(
    'on a closed network lets %s be',
    (url) => {
      expect(requireAllowedTarget(url, true).href).toBe(url);
    },
  );
  it.each(['ftp://127.0.0.1/', 'http://anna:secret@127.0.0.1/', 'nothing'])(
    'on a closed network still refuses %s',
    (url) => {
      expect(() => requireAllowedTarget(url, true)).toThrow();
    },
  );
});

describe('targetAgent', () => {
  const seen: string[] = [];
  const server = createServer((incoming, response) => {
    seen.push(incoming.url ?? '');
    response.end('inside');
  });
  let port: number;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => server.close());

  it('never connects to a name that leads inside, whatever was thought of it before', async () => {
    const agent = targetAgent(false);
    const answer = request(`http://localhost:${port}/secret`, { dispatcher: agent });
    await expect(answer).rejects.toThrow('the name leads to a private address');
    expect(seen).toEqual([]);
    await agent.close();
  });

  it('connects to the address that was checked, though the name leads elsewhere a moment later', async () => {
    const answers = ['127.0.0.1', '127.0.0.2'];
    const asked: string[] = [];
    const resolve: Resolve = (host, _options, done) => {
      asked.push(host);
      done(null, [{ address: answers[asked.length - 1] ?? '127.0.0.3', family: 4 }]);
    };
    const agent = targetAgent(
      false,
      checkedLookup((address) => address === '127.0.0.1', resolve),
    );
    const first = await request(`http://rebinds.example:${port}/first`, { dispatcher: agent, reset: true });
    await first.body.dump();
    expect([asked, seen.splice(0)]).toEqual([['rebinds.example'], ['/first']]);
    const second = request(`http://rebinds.example:${port}/second`, { dispatcher: agent });
    await expect(second).rejects.toThrow('the name leads to a private address');
    expect([asked.length, seen]).toEqual([2, []]);
    await agent.close();
  });

  it('refuses a name with a public and a private address', async () => {
    const resolve: Resolve = (_host, _options, done) =>
      done(null, [
        { address: '8.8.8.8', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    const agent = targetAgent(false, checkedLookup(isPublicAddress, resolve));
    const answer = request(`http://both.example:${port}/`, { dispatcher: agent });
    await expect(answer).rejects.toThrow('the name leads to a private address');
    await agent.close();
  });

  it('does on a closed network', async () => {
    const agent = targetAgent(true);
    const answer = await request(`http://127.0.0.1:${port}/open`, { dispatcher: agent });
    expect(await answer.body.text()).toBe('inside');
    await agent.close();
  });
});
