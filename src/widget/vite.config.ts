import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { defineConfig, type Plugin } from 'vite';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const names = ['widget', 'widget.module', 'reader', 'admin'].filter((name) => existsSync(path(`${name}.ts`)));

/** Gives the admin page its own copy of what it shares with the widget, which other sites should load in one piece. */
const apart: Plugin = {
  name: 'apart',
  enforce: 'pre',
  resolveId(source, importer) {
    const isShared = importer?.startsWith(path('admin/')) === true && source.startsWith('../');
    return isShared && !source.startsWith('../../') ? `${path(source.slice('../'.length))}?admin` : undefined;
  },
};

// Vite finds its configuration by this default export.
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  root: path('.'),
  logLevel: 'warn',
  publicDir: false,
  plugins: [apart],
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
