import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { sidecarEnding, sidecarSchema } from '../../../src/ingest/added/sidecar.ts';
import { openWeb, type Web, type WebOptions } from '../../../src/ingest/web/open-web.ts';
import { createSourceState } from '../../../src/ingest/web/sources/source-state.ts';
import { createPageStore } from '../../../src/ingest/web/store/page-store.ts';
import { createFolder } from '../../support/folders.ts';
import { startWebSite, type WebSite } from '../../support/web-site.ts';

/** A site on loopback, what looks at it, and a folder for what is found. Waiting takes no time: the clock is put forward. */
export interface OpenSite {
  readonly site: WebSite;
  readonly web: Web;
  /** ADDED_DIR. */
  readonly dir: string;
  /** Every wait, in milliseconds. */
  readonly waits: number[];
  readonly withdrawn: Set<string>;
  /** Puts the clock forward. */
  pass(ms: number): void;
  /** Another program on the same folder. */
  reopen(options?: Partial<WebOptions>): Web;
  /** What is kept at a path of the corpus. */
  read(file: string | undefined): Promise<{ bytes: Buffer; sidecar: ReturnType<typeof sidecarSchema.parse> }>;
  close(): Promise<void>;
}

/** The site has the names `one.test` and `two.test` besides its address. */
export async function openSite(options: Partial<WebOptions> = {}): Promise<OpenSite> {
  const site = await startWebSite();
  const folder = await createFolder();
  const waits: number[] = [];
  const withdrawn = new Set<string>();
  const opened: Web[] = [];
  let time = Date.parse('2026-03-01T12:00:00Z');
  const reopen = (more: Partial<WebOptions> = {}) => {
    const web = openWeb({
      store: createPageStore({ addedDir: folder.path }),
      state: createSourceState({ addedDir: folder.path }),
      allowedHosts: [site.host, `one.test:${site.port}`, `two.test:${site.port}`],
      delayMs: 0,
      timeoutMs: 5_000,
      maxBytes: 200_000,
      userAgent: 'Footnote/0.1',
      everyMs: 60_000,
      isWithdrawn: (url) => withdrawn.has(url),
      now: () => time,
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      sleep: async (ms, signal) => {
        signal?.throwIfAborted();
        waits.push(ms);
        time += ms;
      },
      ...options,
      ...more,
    });
    opened.push(web);
    return web;
  };
  return {
    site,
    web: reopen(),
    dir: folder.path,
    waits,
    withdrawn,
    pass(ms) {
      time += ms;
    },
    reopen,
    async read(file = '') {
      const path = join(folder.path, file.replace(/^added\//u, ''));
      const sidecar: unknown = JSON.parse(await readFile(`${path}${sidecarEnding}`, 'utf8'));
      return { bytes: await readFile(path), sidecar: sidecarSchema.parse(sidecar) };
    },
    async close() {
      await Promise.all(opened.map((web) => web.close()));
      await site.close();
      await folder.remove();
    },
  };
}
