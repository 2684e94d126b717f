/**
 * URL of a compiled module beside the calling one, for a worker thread to load.
 *
 * Run from `dist/` that is simply the neighbour. Run from `src/` (tests) it is the neighbour's counterpart under
 * `dist/`, because a Node 20 worker thread cannot load TypeScript.
 *
 * @param name - file name without extension, e.g. `embedding-worker`.
 * @param moduleUrl - the caller's `import.meta.url`.
 */
export function compiledModule(name: string, moduleUrl: string): URL {
  const compiled = moduleUrl.endsWith('.ts')
    ? moduleUrl.replace(/\/src\/(?!.*\/src\/)/u, '/dist/')
    : moduleUrl;
  return new URL(`${name}.js`, compiled);
}
