import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import { signIn } from '@/testing/signIn'
import type { Role } from './api'
import { RolesPage } from './RolesPage'

const asked: { method: string; path: string; body: Record<string, unknown> | null; headers: Headers }[] = []
const roles: Role[] = [
  { id: 'viewer', name: 'viewer', builtIn: true, permissions: ['contact_read'], members: 1, version: 0 },
  { id: 'r', name: 'Cashier', builtIn: false, permissions: ['contact_read'], members: 2, version: 4 },
]

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    if (ask.method === 'GET') return Response.json({ items: roles, nextCursor: null })
    asked.push({ method: ask.method!, path, body: ask.body ? JSON.parse(ask.body as string) : null, headers: new Headers(ask.headers) })
    return ask.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(roles[1])
  })
  asked.length = 0
  void i18next.changeLanguage('en')
  signIn(['team_read', 'team_manage', 'contact_read', 'contact_write'], 'owner')
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <RolesPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  )
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('leaves the built-in roles as they are', async () => {
  const builtIn = await screen.findByRole('listitem', { name: 'Viewer' })
  expect(within(builtIn).getByText('See contacts')).toBeInTheDocument()
  expect(within(builtIn).queryByRole('button')).toBeNull()
})

it('makes a role', async () => {
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'New role' }))
  await user.type(await screen.findByLabelText('Name of the role'), 'Seller')
  await user.click(screen.getByLabelText('Edit contacts'))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked).toMatchObject([{ method: 'POST', path: '/api/v1/roles', body: { name: 'Seller', permissions: ['contact_write'] } }]))
})

it('changes one as it was seen, and deletes one after asking', async () => {
  const user = userEvent.setup()
  const card = within(await screen.findByRole('listitem', { name: 'Cashier' }))
  await user.click(card.getByRole('button', { name: 'Edit' }))
  await user.click(await screen.findByLabelText('Edit contacts'))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked[0]).toMatchObject({ method: 'PATCH', path: '/api/v1/roles/r', body: { name: 'Cashier', permissions: ['contact_read', 'contact_write'] } }))
  expect(asked[0]?.headers.get('If-Match')).toBe('"4"')

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.click(card.getByRole('button', { name: 'Delete' }))
  await user.click(await screen.findByRole('button', { name: 'Delete now' }))
  await waitFor(() => expect(asked[1]).toMatchObject({ method: 'DELETE', path: '/api/v1/roles/r' }))
})
