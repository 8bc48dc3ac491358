import type { UserConfig } from 'vite';

/** How the page becomes `dist/page`: files only, nothing inline, because its content security policy forbids that. */
const config: UserConfig = {
  root: import.meta.dirname,
  // It also works behind a path prefix.
  base: './',
  publicDir: false,
  build: {
    outDir: '../../dist/page',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The first ones that know `light-dark()` and `@property`: nothing is written twice for older ones.
    cssTarget: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
    // The licences of what is bundled ask to go with it.
    license: { fileName: 'licences.md' },
  },
};

export default config;
