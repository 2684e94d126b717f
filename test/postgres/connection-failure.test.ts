import { describe, expect, it } from 'vitest';

import { connectionFailure } from '../../src/postgres/database-errors.ts';

function failed(message: string, members: object): unknown {
  return connectionFailure(Object.assign(new Error(message), members));
}

describe('a connection that cannot be made', () => {
  it.each([
    [
      'a certificate of another authority',
      'unable to verify the first certificate',
      { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    ],
    [
      'a certificate of another name',
      "does not match certificate's altnames",
      { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    ],
    ['a file that is not there', 'ENOENT: no such file', { code: 'ENOENT', syscall: 'open' }],
    ['no TLS where it is demanded', 'The server does not support SSL connections', {}],
    ['a server that lets no such user in', 'no pg_hba.conf entry', { code: '28000', severity: 'FATAL' }],
  ])('is a matter of settings with %s, and says why', (_name, message, members) => {
    expect(failed(message, members)).toMatchObject({
      code: 'configuration',
      remedy: expect.stringContaining(message),
    });
  });

  it.each([
    ['a socket that is not there', { code: 'ENOENT', syscall: 'connect' }],
    ['a server that is full', { code: '53300', severity: 'FATAL' }],
    ['a server that starts', { code: '57P03', severity: 'FATAL' }],
  ])('is tried again with %s', (_name, members) => {
    expect(failed('away', members)).toMatchObject({ code: 'unavailable', retryAfter: 5 });
  });
});
