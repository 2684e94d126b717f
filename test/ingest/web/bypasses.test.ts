import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { createSafeFetch } from '../../../src/ingest/web/net/safe-fetch.ts';
import { answering, redirecting, startWebSite, type WebSite } from '../../support/web-site.ts';

let trap: WebSite;
let site: WebSite;

beforeAll(async () => {
  trap = await startWebSite({ '/': 'secret' });
  site = await startWebSite({ '/ok': 'fine' });
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await Promise.all([trap.close(), site.close()]);
});

/** What is said when `url` is asked for: its status, or why it is not. Names of this site's port lead here. */
async function asking(...urls: readonly string[]): Promise<(number | string)[]> {
  const web = createSafeFetch({
    allowedHosts: [`site.example:${site.port}`],
    timeoutMs: 2_000,
    maxBytes: 10_000,
    userAgent: 'Footnote/0.1',
    resolve: async (name) => [
      { address: name === 'cloud.example' ? '169.254.169.254' : '127.0.0.1', family: 4 },
    ],
  });
  const said: (number | string)[] = [];
  try {
    for (const url of urls) {
      said.push(
        await web.fetch(url).then(
          ({ status }) => status,
          (error: unknown) => String(error),
        ),
      );
    }
    return said;
  } finally {
    await web.close();
  }
}

const refusal =
  /not public|neither http nor https|user name or password|is not a URL|what is not a URL|is at port/u;

describe('a way round the guard', () => {
  it.each([
    'http://①②⑦.⓪.⓪.①/',
    'http://%31%32%37.0.0.1/',
    'http://127。0。0。1/',
    'http://127.0.0.1../',
    'http://12\t7.0.0.1/',
    'http:///127.0.0.1/',
    'http://127.0.0.1\\@site.example/',
    'http://site.example@127.0.0.1/',
    'http://[::1%25eth0]/',
    'http://[fe80::1%eth0]/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://localhost%00.site.example/',
    'http://deep.localhost/',
    'http://Cloud.Example./latest/meta-data/',
    'data:text/html,secret',
    'file://localhost/etc/passwd',
    'javascript:alert(1)',
    'ws://site.example/',
  ])('is refused, asked for and behind a redirect: %s', async (url) => {
    const before = site.asked.length;
    site.answers.set('/away', redirecting(Buffer.from(url).toString('latin1').replaceAll('\t', '')));
    const [direct, behind] = await asking(url, `http://site.example:${site.port}/away`);
    expect(direct).toMatch(refusal);
    expect(behind).toMatch(refusal);
    expect(site.asked.slice(before)).toHaveLength(1);
  });

  it.each([
    '//127.0.0.1/',
    '///127.0.0.1/',
    '\\\\127.0.0.1\\',
    '/\\127.0.0.1/',
    ' http://127.0.0.1/',
    'http:\\\\127.1',
  ])('is refused where a redirect leaves the scheme out or has its slashes wrong: %s', async (location) => {
    site.answers.set('/away', redirecting(location));
    expect((await asking(`http://site.example:${site.port}/away`))[0]).toMatch(/not public/u);
  });

  it('is not another name of the same address, also where a connection to it is open', async () => {
    const [first, other, again] = await asking(
      `http://site.example:${site.port}/ok`,
      `http://other.example:${site.port}/ok`,
      `http://site.example:${site.port}/ok`,
    );
    expect([first, again]).toEqual([200, 200]);
    expect(other).toMatch(refusal);
  });

  it('is no proxy of the environment', async () => {
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])
      vi.stubEnv(name, trap.origin);
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    expect(await asking(`http://site.example:${site.port}/ok`)).toEqual([200]);
    expect((await asking('http://cloud.example/'))[0]).toMatch(/cloud\.example is 169\.254\.169\.254/u);
    expect(trap.asked).toEqual([]);
  });

  it('is no other service that a page names', async () => {
    const headers = {
      'alt-svc': `http/1.1="127.0.0.1:${trap.port}"; ma=9999`,
      refresh: `0; url=${trap.origin}`,
    };
    site.answers.set('/named', answering('fine', headers));
    expect(
      await asking(`http://site.example:${site.port}/named`, `http://site.example:${site.port}/named`),
    ).toEqual([200, 200]);
    expect(trap.asked).toEqual([]);
  });
});
