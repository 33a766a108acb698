import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import { createElement, type ReactNode } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { useContacts, type Narrowed } from './contacts'

const asked: URL[] = []
vi.stubGlobal('fetch', async (path: string) => {
  asked.push(new URL(path, 'http://crm'))
  return Response.json({ items: [], nextCursor: null })
})

afterEach(() => {
  asked.length = 0
})

async function ask(q: string, narrowed: Narrowed | null) {
  const wrapper = ({ children }: { children: ReactNode }) => createElement(QueryClientProvider, { client: new QueryClient() }, children)
  const { result } = renderHook(() => useContacts(q, narrowed), { wrapper })
  await waitFor(() => expect(result.current.isSuccess).toBe(true))
  return asked[0]!
}

it('looks for a part of a name or an address', async () => {
  const { pathname, searchParams } = await ask('ana', null)
  expect(pathname).toBe('/api/v1/contacts')
  expect(searchParams.get('q')).toBe('ana')
})

it('asks for those who meet conditions, and among them for what is typed', async () => {
  const { pathname, searchParams } = await ask('98000', { projectId: 'p', conditions: [{ field: 'tag', equals: 'vip' }] })
  expect(pathname).toBe('/api/v1/contacts/search')
  expect(searchParams.get('projectId')).toBe('p')
  expect(JSON.parse(searchParams.get('filter')!)).toEqual({
    and: [
      { field: 'tag', equals: 'vip' },
      { or: [{ field: 'name', contains: '98000' }, { field: 'email', contains: '98000' }, { field: 'phone', contains: '98000' }] },
    ],
  })
})
