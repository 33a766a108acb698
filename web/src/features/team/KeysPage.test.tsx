import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { readFileSync } from 'node:fs'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import { signIn } from '@/testing/signIn'
import type { ApiKey } from './api'
import { KeysPage } from './KeysPage'
import { isPermission } from './permissions'

const asked: { method: string; path: string; body: Record<string, unknown> | null; once: string | null }[] = []
let kept: ApiKey[]
let refusal: string | null

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    if (ask.method === 'GET') return Response.json({ items: kept, nextCursor: null })
    const body = ask.body ? (JSON.parse(ask.body as string) as Record<string, unknown>) : null
    asked.push({ method: ask.method!, path, body, once: new Headers(ask.headers).get('Idempotency-Key') })
    if (refusal) return Response.json({ code: refusal, detail: '', errors: [] }, { status: 403 })
    if (ask.method === 'DELETE') {
      kept = []
      return new Response(null, { status: 204 })
    }
    return Response.json({ ...aKey, key: 'vk_theWholeText' }, { status: 201 })
  })
  asked.length = 0
  refusal = null
  kept = [aKey]
  void i18next.changeLanguage('en')
  signIn(['api_key_manage', 'contact_read', 'contact_write'], 'owner')
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const aKey: ApiKey = {
  id: 'k',
  name: 'Online shop',
  prefix: 'vk_abc123',
  scopes: ['contact_read', 'of_a_newer_server'],
  createdBy: 'u',
  createdAt: '2026-11-01T10:00:00Z',
  expiresAt: '2026-11-02T10:00:00Z',
  lastUsedAt: null,
}

function show() {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <KeysPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  )
}

it('shows what each key may do, until when, and whether anybody uses it', async () => {
  show()
  const card = await screen.findByRole('listitem', { name: 'Online shop' })
  expect(within(card).getByText('See contacts')).toBeInTheDocument()
  expect(within(card).getByText('of_a_newer_server')).toBeInTheDocument()
  expect(within(card).getByText('Never used')).toBeInTheDocument()
  expect(within(card).getByText('Expired')).toBeInTheDocument()
})

it('makes a key of what one may oneself, and shows it this once', async () => {
  kept = []
  const user = userEvent.setup()
  show()
  await user.click(await screen.findByRole('button', { name: 'New key' }))
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).queryByLabelText('Manage the team')).toBeNull()
  const create = within(dialog).getByRole('button', { name: 'Create key' })
  expect(create).toBeDisabled()
  await user.type(within(dialog).getByLabelText('Name'), 'Site')
  await user.click(within(dialog).getByLabelText('Edit contacts'))
  await user.click(create)
  expect(await screen.findByText('vk_theWholeText')).toBeInTheDocument()
  expect(asked[0]).toMatchObject({ method: 'POST', path: '/api/v1/api-keys', body: { name: 'Site', scopes: ['contact_write'] } })
  expect(asked[0]?.once).toBeTruthy()
  const days = (Date.parse(String(asked[0]?.body?.expiresAt)) - Date.now()) / 86_400_000
  expect(Math.round(days)).toBe(90)

  await user.keyboard('{Escape}')
  expect(screen.getByText('vk_theWholeText')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'I have kept it' }))
  await waitFor(() => expect(screen.queryByText('vk_theWholeText')).toBeNull())
})

it('says why a key is refused, and tries again as another one', async () => {
  kept = []
  refusal = 'scope_too_wide'
  const user = userEvent.setup()
  show()
  await user.click(await screen.findByRole('button', { name: 'New key' }))
  await user.type(await screen.findByLabelText('Name'), 'Site')
  await user.click(screen.getByLabelText('See contacts'))
  await user.click(screen.getByRole('button', { name: 'Create key' }))
  await waitFor(() => expect(asked).toHaveLength(1))
  await user.click(screen.getByRole('button', { name: 'Create key' }))
  await waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]?.once).not.toBe(asked[0]?.once)
})

it('asks before it revokes', async () => {
  const user = userEvent.setup()
  show()
  await user.click(await screen.findByRole('button', { name: 'Revoke' }))
  expect(asked).toHaveLength(0)
  await user.click(await screen.findByRole('button', { name: 'Revoke now' }))
  await waitFor(() => expect(asked).toMatchObject([{ method: 'DELETE', path: '/api/v1/api-keys/k' }]))
  expect(await screen.findByText('No keys yet')).toBeInTheDocument()
})

it('offers everything that a route needs', () => {
  const document = JSON.parse(readFileSync('../docs/reference/openapi.json', 'utf8')) as {
    paths: Record<string, Record<string, { security?: { bearer?: string[] }[] }>>
  }
  const needed = Object.values(document.paths)
    .flatMap((routes) => Object.values(routes))
    .flatMap(({ security }) => security?.flatMap(({ bearer }) => bearer ?? []) ?? [])
  expect(needed.filter((code) => !isPermission(code))).toEqual([])
})
