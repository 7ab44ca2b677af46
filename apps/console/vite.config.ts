import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { buildOptions } from './build.ts';
import { mockApi } from './dev/mock-api.ts';

const withMockApi: Plugin = {
  name: 'console-mock-api',
  apply: 'serve',
  configureServer(server) {
    server.middlewares.use(mockApi());
  },
  configurePreviewServer(server) {
    server.middlewares.use(mockApi());
  },
};

// With CONSOLE_API the pages talk to a running server, otherwise to invented data held in this process.
const api = process.env.CONSOLE_API;

export default defineConfig({
  base: '/console/',
  plugins: api === undefined ? [react(), withMockApi] : [react()],
  server: api === undefined ? {} : { proxy: { '/api': { target: api, changeOrigin: false } } },
  build: buildOptions,
});
