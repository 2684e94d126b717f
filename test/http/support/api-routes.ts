import type { FootnoteServer } from '../../support/footnote-server.ts';

/** A place where the app can be asked something. */
export interface ApiRoute {
  /** With `{id}` where an id stands. */
  readonly path: string;
  /** Methods that it knows, besides `HEAD` and `OPTIONS`. */
  readonly methods: readonly string[];
  /** A body that it accepts, where it must have one. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Whether it answers alike whatever the id is. */
  readonly anyId?: true;
}

const question = 'How many passengers does the electric ferry carry?';
const history = [{ role: 'user', content: 'Is there a ferry?' }];
const filters = {
  languages: ['en'],
  articleIds: ['ferry-2023'],
  publishers: ['Bay Courier'],
  publishedFrom: '2020-01-01',
  publishedTo: '2025-01-01',
};
const options = { filters, topK: 3, language: 'en', strict: false, now: '2025-06-01T12:00:00Z' };

/** What is mounted: what the OpenAPI document describes (a test of its own proves that) and what people read. */
export const apiRoutes: readonly ApiRoute[] = [
  { path: '/api/answers', methods: ['POST'], body: { question, history, ...options } },
  { path: '/api/answers/{id}', methods: ['GET'] },
  { path: '/api/answers/{id}/verify', methods: ['POST'] },
  {
    path: '/api/answers/{id}/feedback',
    methods: ['POST'],
    body: { rating: 'down', reason: 'other', comment: 'No.' },
  },
  { path: '/api/suggestions', methods: ['GET'] },
  { path: '/api/search', methods: ['POST'], body: { query: question, history, filters, topK: 3 } },
  { path: '/api/articles', methods: ['GET'] },
  { path: '/api/articles/{id}', methods: ['GET'] },
  { path: '/api/passages/{id}', methods: ['GET'] },
  {
    path: '/api/chat',
    methods: ['POST'],
    body: {
      id: 'chat-1',
      trigger: 'submit-message',
      messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: question }] }],
      ...options,
    },
  },
  { path: '/api/chat/{id}/stream', methods: ['GET'], anyId: true },
  { path: '/api/conversations', methods: ['POST'] },
  { path: '/api/conversations/{id}', methods: ['GET', 'DELETE'] },
  { path: '/api/stats', methods: ['GET'] },
  { path: '/api/feedback', methods: ['GET'] },
  { path: '/healthz', methods: ['GET'] },
  { path: '/readyz', methods: ['GET'] },
  { path: '/openapi.json', methods: ['GET'] },
  {
    path: '/mcp',
    methods: ['POST'],
    body: {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'ask', arguments: { question, ...options } },
    },
  },
  {
    path: '/v1/chat/completions',
    methods: ['POST'],
    body: {
      model: 'footnote',
      messages: [{ role: 'user', content: [{ type: 'text', text: question }] }],
      footnote: options,
    },
  },
  {
    path: '/v1/responses',
    methods: ['POST'],
    body: {
      model: 'footnote',
      input: [{ type: 'message', role: 'user', content: question }],
      footnote: options,
    },
  },
  { path: '/v1/responses/{id}', methods: ['GET'] },
  { path: '/v1/models', methods: ['GET'] },
  { path: '/v1/models/{id}', methods: ['GET'] },
  { path: '/v1/{id}', methods: [] },
  { path: '/', methods: ['GET'] },
  { path: '/docs', methods: ['GET'] },
  { path: '/articles', methods: ['GET'] },
  { path: '/articles/{id}', methods: ['GET'] },
  { path: '/answers/{id}', methods: ['GET'] },
  { path: '/answers/{id}/verify', methods: ['GET', 'POST'], anyId: true },
  { path: '/widget.js', methods: ['GET'] },
  { path: '/widget.module.js', methods: ['GET'] },
  { path: '/assets/{id}', methods: ['GET'] },
  { path: '/assets/pages.css', methods: ['GET'] },
  { path: '/assets/docs.css', methods: ['GET'] },
  { path: '/{id}', methods: [] },
];

/** Paths that the server describes and `apiRoutes` lacks. */
export async function missingRoutes({ url }: Pick<FootnoteServer, 'url'>): Promise<string[]> {
  const described: unknown = await (await fetch(`${url}/openapi.json`)).json();
  const known = new Set(apiRoutes.map(({ path }) => path));
  const paths = described instanceof Object && 'paths' in described ? Object.keys(described.paths ?? {}) : [];
  // Metrics are served only where somebody measures, and what changes the articles only where the server is made for it.
  const isOptional = (path: string) =>
    /^\/(?:metrics|api\/ingest|api\/articles\/\{id\}\/restore)/u.test(path);
  return paths.filter((path) => !known.has(path) && !isOptional(path));
}
