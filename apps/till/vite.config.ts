import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';
import { mockApi } from './dev/mock-api.ts';
import { serviceWorker } from './worker/plugin.ts';

/** Development answers `/api/v1` itself, from fixtures; `TILL_API=http://…` sends it to a real server instead. */
const server = process.env.TILL_API;

export default {
  base: '/till/',
  root: import.meta.dirname,
  plugins: [react(), serviceWorker(), ...(server === undefined ? [mockApi()] : [])],
  server: server === undefined ? {} : { proxy: { '/api': { target: server, changeOrigin: false } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome109', 'safari16', 'firefox115'],
    // Everything is a file of its own: a strict content policy forbids data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
} satisfies UserConfig;
