import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const server = 'http://127.0.0.1:8080'
// The server accepts the refresh cookie from its own pages only, so the address in Host stays the page's.
const proxy = Object.fromEntries(['/api', '/webhooks', '/health'].map((path) => [path, { target: server, changeOrigin: false }]))

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy },
  preview: { proxy },
  // A data: address for small files would be a hole to leave open in the content policy.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    css: false,
    // A page and its modules for each file of tests took two thirds of their time.
    isolate: false,
    // Long, for a machine that is busy with other tests.
    testTimeout: 30_000,
  },
})
