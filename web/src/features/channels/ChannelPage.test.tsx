import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter, Route, Routes } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import { keys } from '@/lib/keys'
import type { Channel } from '@/lib/types'
import { signIn } from '@/testing/signIn'
import { ChannelPage } from './ChannelPage'

const asked: { method: string; path: string; ifMatch: string | null; body: unknown }[] = []
let channel: Channel
let client: QueryClient

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    const method = ask.method ?? 'GET'
    if (method === 'GET' && path.startsWith('/api/v1/labels')) {
      const label = { id: 'l', channelId: 'c', name: 'Novo cliente', colour: '#ff9485', chats: 12 }
      return Response.json({ items: [label], nextCursor: null })
    }
    if (method === 'GET' && path.startsWith('/api/v1/pipelines')) {
      return Response.json({ items: [{ id: 'p1', name: 'Vendas novas', archived: false }], nextCursor: null })
    }
    if (method === 'GET') return Response.json(channel)
    const ifMatch = new Headers(ask.headers).get('If-Match')
    const body = ask.body ? JSON.parse(ask.body as string) : null
    asked.push({ method, path, ifMatch, body })
    if (ifMatch !== null && ifMatch !== `"${channel.version}"`) return Response.json({ code: 'version_stale', detail: 'stale' }, { status: 412 })
    if (method === 'PATCH') channel = { ...channel, ...body, waha: { ...channel.waha!, ...body.waha }, version: channel.version + 1 }
    if (method === 'DELETE') channel = { ...channel, status: 'stopped', archivedAt: '2026-11-24T10:00:00Z', version: channel.version + 1 }
    if (path.endsWith('/restore')) channel = { ...channel, archivedAt: null, version: channel.version + 1 }
    return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(channel)
  })
  asked.length = 0
  channel = {
    id: 'c',
    projectId: 'p',
    name: 'Vendas',
    type: 'waha',
    status: 'connected',
    statusAt: null,
    phone: '+5511998000999',
    waha: { url: 'http://waha:3000', session: 'vendas', hasApiKey: true, hasHmacSecret: true },
    api: null,
    webhookPath: '/webhooks/waha/key',
    sessionTimeoutMinutes: 60,
    groups: true,
    statusPosts: false,
    defaultPipelineId: null,
    readReceipts: true,
    leftOut: 0,
    archivedAt: null,
    version: 3,
  }
  client = new QueryClient()
  void i18next.changeLanguage('en')
  signIn(['channel_read', 'channel_write', 'inbox_read', 'pipeline_read'], 'admin')
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show() {
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={client}>
        <MemoryRouter initialEntries={['/channels/c']}>
          <Routes>
            <Route path="/channels/:channelId" element={<ChannelPage />} />
          </Routes>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  )
}

it('sends only what was changed, against the version that was seen', async () => {
  show()
  const name = await screen.findByLabelText('Channel name')
  await userEvent.clear(name)
  await userEvent.type(name, 'Vendas e trocas')
  await userEvent.clear(screen.getByLabelText('Minutes of silence until a session ends'))
  await userEvent.click(screen.getByRole('switch', { name: /Take in groups/ }))
  await userEvent.type(screen.getByLabelText('New API key of WAHA'), 'k2')
  await userEvent.click(screen.getByRole('combobox', { name: 'First pipeline' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Vendas novas' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Settings saved.')
  expect(asked).toEqual([
    {
      method: 'PATCH',
      path: '/api/v1/channels/c',
      ifMatch: '"3"',
      body: { name: 'Vendas e trocas', waha: { apiKey: 'k2' }, sessionTimeoutMinutes: null, defaultPipelineId: 'p1', groups: false },
    },
  ])
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Vendas e trocas')
  expect(screen.getByLabelText('New API key of WAHA')).toHaveValue('')
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled()
})

it('is not disturbed by a change of the state, but by what somebody else decided meanwhile', async () => {
  show()
  await userEvent.click(await screen.findByRole('switch', { name: /Take in groups/ }))
  channel = { ...channel, status: 'stopped', version: 4 }
  await client.invalidateQueries({ queryKey: keys.channels })
  await screen.findByText('Stopped')
  channel = { ...channel, name: 'Balcão', version: 5 }
  await client.invalidateQueries({ queryKey: keys.channels })
  await waitFor(() => expect(screen.getByLabelText('Channel name')).toHaveValue('Balcão'))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Somebody changed this while you were editing.')
  expect(screen.getByRole('switch', { name: /Take in groups/ })).not.toBeChecked()
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Settings saved.')
  expect(asked.map(({ ifMatch, body }) => [ifMatch, body])).toEqual([
    ['"3"', { groups: false }],
    ['"5"', { groups: false }],
  ])

  await userEvent.click(screen.getByRole('switch', { name: /Take in groups/ }))
  channel = { ...channel, status: 'connected', version: 9 }
  await client.invalidateQueries({ queryKey: keys.channels })
  await screen.findByText('Connected')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked).toHaveLength(3))
  expect(asked[2]?.ifMatch).toBe('"9"')
})

it('is archived after a question, and restored', async () => {
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Archive channel' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Archive now' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Restore' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Restore' })).toBeNull())
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['DELETE /api/v1/channels/c', 'POST /api/v1/channels/c/restore'])
})

it('shows its labels with the number of conversations', async () => {
  show()
  const labels = await screen.findByRole('list', { name: 'Labels' })
  await waitFor(() => expect(within(labels).getByRole('listitem')).toHaveTextContent('Novo cliente12 conversations'))
})

it('changes nothing for those who may only look', async () => {
  signIn(['channel_read'], 'admin')
  show()
  expect(await screen.findByLabelText('Channel name')).toBeDisabled()
  for (const name of ['Save', 'Archive channel', 'Disconnect', 'Change address']) expect(screen.queryByRole('button', { name })).toBeNull()
  expect(screen.queryByLabelText('New API key of WAHA')).toBeNull()
  expect(screen.queryByRole('list', { name: 'Labels' })).toBeNull()
})

it('says so to those who may not see channels', async () => {
  signIn([], 'admin')
  show()
  expect(await screen.findByText('Whoever runs the company can let you see channels.')).toBeInTheDocument()
})
