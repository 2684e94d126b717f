import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseAllowedHosts } from '../../../src/ingest/web/net/allowed-hosts.ts';
import { redirectTarget } from '../../../src/ingest/web/net/check-url.ts';
import {
  createGuardedConnector,
  type ResolvedAddress,
} from '../../../src/ingest/web/net/guarded-connector.ts';
import { isPublicAddress } from '../../../src/ingest/web/net/public-address.ts';
import { createSafeFetch } from '../../../src/ingest/web/net/safe-fetch.ts';
import { redirecting, startWebSite, type WebSite } from '../../support/web-site.ts';

const options = { timeoutMs: 2_000, maxBytes: 10_000, userAgent: 'Footnote/0.1' };

let trap: WebSite;
let site: WebSite;

beforeAll(async () => {
  trap = await startWebSite({ '/': 'secret', '/robots.txt': 'secret' });
  site = await startWebSite({ '/ok': 'fine' });
});
afterAll(async () => {
  await Promise.all([trap.close(), site.close()]);
});

/** Asks with nothing but `allowedHosts` allowed; the message of the refusal, or the status. */
async function asking(
  url: string,
  allowedHosts: readonly string[] = [],
  resolve?: (name: string) => readonly ResolvedAddress[],
) {
  const asked = {
    ...options,
    allowedHosts,
    ...(resolve && { resolve: async (name: string) => resolve(name) }),
  };
  const web = createSafeFetch(asked);
  try {
    return (await web.fetch(url)).status;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await web.close();
  }
}

describe('the addresses that count as public', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    '%s does',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.0.0.5',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '2001:db8::1',
    '::ffff:127.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001:0:1::1',
    '2606:4700::5efe:a00:1',
    'fec0::1',
    'nonsense',
  ])('%s does not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('asking for an address', () => {
  it.each([
    '127.0.0.1',
    '127.0.0.1.',
    '127.1',
    '0x7f.1',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '017700000001',
    '0.0.0.0',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '１２７.０.０.１',
    'localhost',
    'localhost.',
    'LOCALHOST',
  ])('refuses this machine spelled %s, whatever the port', async (host) => {
    for (const port of [trap.port, 8080])
      expect(await asking(`http://${host}:${port}/`)).toMatch(/not public|is at port/u);
    expect(await asking(`http://${host}/`)).toMatch(/not public/u);
    expect(trap.asked).toEqual([]);
  });

  it('says what to set for a host that is trusted', async () => {
    const web = createSafeFetch({ ...options, allowedHosts: [] });
    await expect(web.fetch('http://10.0.0.5/')).rejects.toMatchObject({
      code: 'invalid-request',
      message: 'The address http://10.0.0.5/ is not public. It was not asked for.',
      remedy: 'Set FETCH_ALLOWED_HOSTS=10.0.0.5 if you trust it.',
    });
    await web.close();
  });

  it('refuses a name that leads to a private address, also beside a public one', async () => {
    const addresses: ResolvedAddress[] = [
      { address: '93.184.215.14', family: 4 },
      { address: '10.0.0.7', family: 4 },
    ];
    expect(await asking('http://news.example/', [], () => addresses)).toContain('news.example is 10.0.0.7');
    expect(
      await asking('http://news.example/', [], () => [{ address: '::ffff:169.254.169.254', family: 6 }]),
    ).toContain('not public');
  });

  it('connects to what was checked, and does not ask for the address of a name again', async () => {
    let looks = 0;
    // Here 127.0.0.1 stands for the open internet: first the name is there, then where it must not be.
    const connect = createGuardedConnector({
      allowed: parseAllowedHosts([]),
      isPublic: (address) => address === '127.0.0.1',
      timeoutMs: 2_000,
      resolve: async () => {
        looks += 1;
        return [{ address: looks === 1 ? '127.0.0.1' : '127.0.0.9', family: 4 }];
      },
    });
    const ask = () =>
      request(`http://rebind.example:${site.port}/ok`, { dispatcher: new Agent({ connect }) });
    const { statusCode, body } = await ask();
    await body.dump();
    expect([statusCode, looks]).toEqual([200, 1]);
    await expect(ask()).rejects.toThrow('rebind.example is 127.0.0.9');
    expect(looks).toBe(2);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'not public'],
    ['http://[::1]/', 'not public'],
    ['http://0x7f.1/', 'not public'],
    ['http://127.0.0.1:TRAP/', 'not public'],
    ['file:///etc/passwd', 'neither http nor https'],
    ['gopher://127.0.0.1:70/', 'neither http nor https'],
    ['http://user:secret@example.com/', 'user name or password'],
  ])('refuses a redirect to %s', async (target, message) => {
    site.answers.set('/away', redirecting(target.replace('TRAP', String(trap.port))));
    const said = await asking(`${site.origin}/away`, [site.host]);
    expect(said).toContain(message);
    expect(said).not.toContain('secret');
    expect(trap.asked).toEqual([]);
  });

  it('lets through what the operator allows, with its port or with all of them', async () => {
    const here = () => [{ address: '127.0.0.1', family: 4 } as const];
    expect(await asking(`${site.origin}/ok`, [site.host])).toBe(200);
    expect(await asking(`${site.origin}/ok`, ['127.0.0.1'])).toBe(200);
    expect(await asking(`http://0x7f.1:${site.port}/ok`, ['127.0.0.1'])).toBe(200);
    expect(await asking(`http://localhost.:${site.port}/ok`, ['localhost'])).toBe(200);
    expect(await asking(`http://cms.internal:${site.port}/ok`, ['CMS.internal'], here)).toBe(200);
    expect(await asking(`${trap.origin}/`, [site.host])).toContain('not public');
    expect(trap.asked).toEqual([]);
  });

  it('refuses other ports, credentials and other protocols', async () => {
    expect(await asking('http://example.com:22/')).toContain('is at port 22');
    expect(await asking('http://example.com:6379/')).toContain('is at port 6379');
    expect(await asking('https://user:secret@example.com/')).toBe(
      'The address https://example.com/ was given with a user name or password.',
    );
    expect(await asking('ftp://example.com/')).toContain('neither http nor https');
    expect(await asking('nonsense')).toContain('is not a URL');
    expect(await asking(`https://example.com/${'a'.repeat(3_000)}`)).toContain('longer than');
  });

  it('does not follow from https to http', () => {
    const allowed = parseAllowedHosts([]);
    const from = new URL('https://example.com/a');
    expect(() => redirectTarget(from, 'http://example.com/b', allowed)).toThrow(/from https to http/u);
    expect(redirectTarget(from, '/b', allowed).href).toBe('https://example.com/b');
  });

  it.each(['*', '*.example.com', 'http://example.com', 'a/b', ''])(
    'takes no "%s" for an allowed host',
    (entry) => {
      expect(() => parseAllowedHosts([entry])).toThrow(/is not a host/u);
    },
  );

  it('understands IPv6 hosts among the allowed ones', () => {
    const allowed = parseAllowedHosts(['::1', '[fd00::5]:8080']);
    expect([allowed.has('[::1]', 1), allowed.has('[fd00::5]', 8080), allowed.has('[fd00::5]', 80)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
