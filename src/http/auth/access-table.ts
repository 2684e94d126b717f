import type { Scope } from '../../domain/api-key.ts';

/** What a request is, for limits: a call of the API, a page for people, or a file or probe that costs nothing. */
export type RequestKind = 'api' | 'page' | 'static';

/** What one kind of request needs. */
export interface AccessRule {
  /** Scopes of the key, all of them; none where no key is ever needed. */
  readonly scopes: readonly Scope[];
  /** Whether readers of the widget and the pages need no key for it, as long as those are public. */
  readonly isPublic: boolean;
  readonly kind: RequestKind;
}

type Line = readonly [
  methods: string,
  path: string,
  scopes: readonly Scope[],
  audience?: 'public' | undefined,
  kind?: RequestKind,
];

/**
 * Who may do what: the only such list. `:x` is one segment of a path, a final `*` everything below. Whatever stands in
 * no line needs `admin`, so that a new route is closed until it is added here.
 */
const table: readonly Line[] = [
  ['GET', '/healthz', [], 'public', 'static'],
  ['GET', '/readyz', [], 'public', 'static'],
  ['GET', '/widget.js', [], 'public', 'static'],
  ['GET', '/widget.module.js', [], 'public', 'static'],
  ['GET', '/assets/*', [], 'public', 'static'],

  ['GET', '/', ['read'], 'public', 'page'],
  ['GET', '/articles', ['read'], 'public', 'page'],
  ['GET', '/articles/:id', ['read'], 'public', 'page'],
  ['GET', '/answers/:id', ['read'], 'public', 'page'],
  ['GET POST', '/answers/:id/verify', ['read'], 'public', 'page'],
  ['GET', '/docs', ['read'], 'public', 'page'],
  ['GET', '/docs/*', ['read'], 'public', 'page'],
  ['GET', '/openapi.json', ['read'], 'public', 'page'],

  ['POST', '/api/answers', ['ask'], 'public'],
  ['GET', '/api/answers/:id', ['read'], 'public'],
  ['POST', '/api/answers/:id/feedback', ['ask'], 'public'],
  ['POST', '/api/answers/:id/verify', ['read']],
  ['GET', '/api/suggestions', ['read'], 'public'],
  ['GET', '/api/articles', ['read'], 'public'],
  ['GET', '/api/articles/:id', ['read'], 'public'],
  ['GET', '/api/passages/:id', ['read']],
  ['POST', '/api/search', ['read']],
  ['GET', '/api/stats', ['read']],
  ['GET', '/api/feedback', ['admin']],
  ['GET', '/metrics', ['admin']],

  // Holds nothing; what it shows comes from the addresses below.
  ['GET', '/admin', [], 'public', 'page'],
  ['POST', '/api/articles', ['admin']],
  ['DELETE', '/api/articles/:id', ['admin']],
  ['POST', '/api/articles/:id/restore', ['admin']],
  ['POST', '/api/ingest', ['admin']],
  // Read by that page, several at a time.
  ['GET', '/api/ingest', ['admin'], undefined, 'page'],
  ['GET', '/api/ingest/*', ['admin'], undefined, 'page'],

  // Whoever knows the id of a conversation may carry it on.
  ['POST', '/api/conversations', ['ask']],
  ['GET DELETE', '/api/conversations/:id', ['ask']],
  ['POST', '/api/chat', ['ask']],
  ['GET', '/api/chat/:id/stream', ['ask']],

  ['POST', '/v1/chat/completions', ['ask']],
  ['POST', '/v1/responses', ['ask']],
  ['GET', '/v1/responses/:id', ['read']],
  ['GET', '/v1/models', ['ask']],
  ['GET', '/v1/models/:id', ['ask']],
  ['GET POST DELETE', '/mcp', ['ask', 'read']],
];

const unknown: AccessRule = { scopes: ['admin'], isPublic: false, kind: 'api' };

const rules = table.flatMap(([methods, path, scopes, audience, kind = 'api']) => {
  const rule: AccessRule = { scopes, isPublic: audience === 'public', kind };
  return methods.split(' ').map((method) => ({ method, pattern: patternOf(path), rule }));
});

/** What a request needs. `HEAD` is as `GET`; case and a final slash make no difference, as to the routes. */
export function accessRule(method: string, path: string): AccessRule {
  const name = method === 'HEAD' ? 'GET' : method;
  return rules.find((entry) => entry.method === name && entry.pattern.test(path))?.rule ?? unknown;
}

function patternOf(path: string): RegExp {
  const source = path
    .replace(/\/$/u, '')
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/:\w+/gu, '[^/]+')
    .replace('*', '.+');
  return new RegExp(`^${source}/?$`, 'iu');
}
