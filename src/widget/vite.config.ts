import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const names = ['widget', 'widget.module', 'reader'].filter((name) => existsSync(path(`${name}.ts`)));

// Vite finds its configuration by this default export.
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  root: path('.'),
  logLevel: 'warn',
  publicDir: false,
  build: {
    outDir: path('../../dist/widget'),
    emptyOutDir: true,
    // Two years old at least: custom elements, dialogs, container queries and `:has` are there.
    target: ['chrome111', 'edge111', 'firefox121', 'safari16.4'],
    lib: {
      entry: Object.fromEntries(names.map((name) => [name, path(`${name}.ts`)])),
      formats: ['es'],
      fileName: (_format, name) => `${name}.js`,
    },
    rolldownOptions: {
      // Named by their content, so that browsers can keep them for good.
      output: { minify: true, chunkFileNames: 'assets/[name]-[hash].js' },
    },
  },
});
