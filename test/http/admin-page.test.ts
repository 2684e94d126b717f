import { request } from 'node:http';

import { describe, expect, it } from 'vitest';

import { createMemoryIngestAdmin } from '../support/memory-ingest-admin.ts';
import { keyStore } from './support/keys.ts';
import { addressesOf, attributesOf, open, textOf } from './support/open-page.ts';
import { serve } from './support/serve.ts';

const ingestAdmin = createMemoryIngestAdmin();

/** The status for a path that is sent as it is: `fetch` would tidy it up first. */
function statusOf(url: string, method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asked = request({ hostname, port, method, path }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    asked.once('error', reject).end();
  });
}

describe('GET /admin', () => {
  it('holds nothing inline, frames nothing but what its script puts there, and is framed by nobody', async () => {
    const { url } = await serve({ ingestAdmin });
    const response = await fetch(`${url}/admin`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain('frame-src blob:');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|data:|https?:/u);
    const markup = await response.text();
    expect(markup).not.toMatch(/<style|style="|<script(?![^>]* src=)|\son\w+="/u);
  });

  it.each([
    ['en', 'Look after the articles', 'Delete this article?'],
    ['vi', 'Quản lý bài viết', 'Xóa bài viết này?'],
  ])('speaks %s, and names every field', async (lang, heading, question) => {
    const { url } = await serve({ ingestAdmin });
    const { document, response } = await open(`${url}/admin?lang=${lang}`);
    expect(response.headers.get('content-language')).toBe(lang);
    expect(textOf(document, 'h1')).toBe(heading);
    expect(textOf(document, '#deletion h2')).toBe(question);
    const ids = attributesOf(document, '[id]', 'id');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('loads files that are there, below any prefix', async () => {
    const { url } = await serve({ ingestAdmin, proxy: { trusted: false, basePath: '/footnote' } });
    for (const page of [`${url}/admin`, `${url}/admin/`, `${url}/footnote/admin`]) {
      const { document } = await open(page);
      for (const address of addressesOf(document)) {
        const target = new URL(address, page);
        expect([target.href, (await fetch(target)).status]).toEqual([target.href, 200]);
      }
    }
  });

  it('can be opened without a key, which it asks for itself', async () => {
    const access = { keys: await keyStore(), required: true, widgetPublic: false };
    const { url } = await serve({ ingestAdmin, access });
    expect((await fetch(`${url}/admin`)).status).toBe(200);
    expect((await fetch(`${url}/api/ingest`)).status).toBe(401);
  });
});

const junk = [
  '%',
  '%zz',
  '%00',
  '%ff',
  '%ed%a0%80',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e%2fpackage.json',
  '__proto__',
  'constructor',
  '%0d%0aset-cookie:x=1',
  'a'.repeat(5_000),
  '?after=%',
  '?limit=1e9',
  '?limit[]=1',
  '?path[a]=b',
  '?path=',
  '?path=%00',
  '?only=constructor',
  '?purge[]=true',
] as const;

describe('malformed requests of those who look after the articles', () => {
  it('are never a fault of the server', async () => {
    const { url, failures } = await serve({ ingestAdmin });
    const prefixes = ['ingest/', 'ingest/jobs/', 'ingest/sources/', 'ingest/sources/original', 'articles/'];
    for (const prefix of prefixes) {
      for (const piece of junk) {
        for (const method of ['GET', 'POST', 'DELETE']) {
          const path = `/api/${prefix}${piece}`;
          const status = await statusOf(url, method, path);
          expect([method, path.slice(0, 60), status < 500]).toEqual([method, path.slice(0, 60), true]);
        }
      }
    }
    expect(failures).toEqual([]);
  });
});
