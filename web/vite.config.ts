import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** The server that the development server gives the page's requests to. */
const target = process.env['TALKWRIGHT_URL'] ?? 'http://127.0.0.1:4870'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../dist/page', import.meta.url)),
    emptyOutDir: true,
    // The content security policy of the server refuses what a page brings inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
  },
  server: {
    host: '127.0.0.1',
    port: 4872,
    proxy: {
      // A WebSocket is let in for the origin of the server itself alone.
      '/v1': { target, ws: true, rewriteWsOrigin: true },
      '/sign-in': target,
      '/sign-out': target,
      '/join': target,
    },
  },
})
