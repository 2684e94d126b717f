import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createKeyStore, keysFile } from '../../src/conversation/key-store.ts';
import { runCommand, startCommand } from '../support/command.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createFolder();
});

afterAll(() => folder.remove());

const keys = (...args: string[]) => runCommand('keys', args, { cwd: folder.path });

describe('npm run keys', () => {
  it('creates a key whose secret it prints once, and says how to require keys', async () => {
    const index = ['--index', 'created'];
    const { code, stdout, stderr } = await keys(
      'create',
      '--name',
      'Bay Courier',
      '--scope',
      'read,ask',
      ...index,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^fn_[0-9a-f]{12}_[0-9a-f]{64}\n$/u);
    expect(stderr).toContain('Bay Courier: ask, read.');
    expect(stderr).toContain('API_KEYS=required');
    const listed = await keys('list', ...index);
    expect(listed.stdout).toContain(`${stdout.slice(3, 15)}  ask,read`);
    expect(listed.stdout).not.toContain(stdout.trim().slice(-64));
    expect(await readFile(keysFile(join(folder.path, 'created')))).toBeInstanceOf(Buffer);
  });

  it('revokes a key, and lists what each of them is worth', async () => {
    const index = ['--index', 'revoked'];
    const created = await keys('create', '--name', 'lost', '--scope', 'admin', '--expires', '30', ...index);
    const id = created.stdout.slice(3, 15);
    expect((await keys('list', ...index)).stdout).toMatch(/ expires \d{4}-\d{2}-\d{2} {2}lost$/mu);
    const { code, stdout } = await keys('revoke', id, ...index);
    expect([code, stdout]).toEqual([0, `The key ${id} (lost) opens nothing any more.\n`]);
    expect((await keys('list', ...index)).stdout).toMatch(/ revoked \d{4}-\d{2}-\d{2} {2}lost$/mu);
    const listed: unknown = JSON.parse((await keys('list', '--json', ...index)).stdout);
    expect(listed).toMatchObject([{ id, name: 'lost', scopes: ['admin'] }]);
    const store = createKeyStore({ file: keysFile(join(folder.path, 'revoked')) });
    expect(await store.find(created.stdout.trim())).toBeUndefined();
    await store.close();
  });

  it('says that there is nothing to list or to revoke', async () => {
    const list = await keys('list', '--index', 'empty');
    expect([list.code, list.stdout]).toEqual([0, 'There are no keys.\n']);
    const { code, stderr } = await keys('revoke', '000000000000', '--index', 'empty');
    expect([code, stderr]).toEqual([1, expect.stringContaining('no key with the id "000000000000"')]);
  });

  it.each([
    [[]],
    [['make']],
    [['create', '--scope', 'ask']],
    [['create', '--name', 'x']],
    [['create', '--name', 'x', '--scope', 'ask,write']],
    [['create', '--name', 'x', '--scope', 'ask', '--expires', '0']],
    [['create', '--name', 'x', '--scope', 'ask', '--expires', '4000']],
    [['create', '--name', 'two\nlines', '--scope', 'ask']],
    [['revoke']],
    [['list', 'all']],
  ])('%j is refused with the usage and exit code 2', async (args) => {
    const { code, stdout, stderr } = await keys(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: ');
  });
});

describe('a server started with API_KEYS=required', { timeout: 60_000 }, () => {
  it('lets in who has a key, from the moment it is made until it is revoked', async () => {
    await writeFiles(folder.path, {
      'corpus/a.md': '# Fair\n\nThe fair opened on 3 May 2024 in the old harbour.\n',
    });
    const env = { API_KEYS: 'required', WIDGET_PUBLIC: 'false', RATE_LIMIT: '7' };
    const server = startCommand('serve', ['--port', '0'], { cwd: folder.path, env });
    try {
      const [, url = ''] = await server.printed(/answers on (http:\S+)/u);
      const status = async (token: string) => {
        const response = await fetch(`${url}/api/articles`, { headers: { 'x-api-key': token } });
        expect(response.headers.get('ratelimit-policy')).toContain('q=7');
        return response.status;
      };
      expect(await status('none')).toBe(401);
      const created = await keys('create', '--name', 'reader', '--scope', 'read');
      const token = created.stdout.trim();
      expect(await status(token)).toBe(200);
      await keys('revoke', token.slice(3, 15));
      expect(await status(token)).toBe(401);
    } finally {
      server.signal('SIGTERM');
      await server.finished;
    }
  });
});
