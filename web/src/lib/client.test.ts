import { expect, it, vi } from 'vitest'
import { call } from './client'

it('asks as the document has it', async () => {
  const asked: [string, RequestInit][] = []
  vi.stubGlobal('fetch', async (path: string, how: RequestInit) => {
    asked.push([path, how])
    return new Response(null, { status: 204 })
  })
  await call('delete', '/contacts/{id}/merges/{contactId}', { path: { id: 'a', contactId: 'b/c' } })
  await call('get', '/contacts/{id}/timeline', { path: { id: 'a' }, query: { kind: ['note', 'call'], limit: 20 } })
  await call('patch', '/roles/{id}', { path: { id: 'a' }, header: { 'If-Match': '"3"' }, body: { name: 'Caixa' } })
  vi.unstubAllGlobals()
  expect(asked.map(([path, { method }]) => `${method} ${path}`)).toEqual([
    'DELETE /api/v1/contacts/a/merges/b%2Fc',
    'GET /api/v1/contacts/a/timeline?kind=note%2Ccall&limit=20',
    'PATCH /api/v1/roles/a',
  ])
  expect(asked[2]?.[1]).toMatchObject({ headers: { 'If-Match': '"3"' }, body: '{"name":"Caixa"}' })
})
