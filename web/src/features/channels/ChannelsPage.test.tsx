import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eventReader } from '@/lib/events'
import { i18next } from '@/lib/i18n'
import type { Channel } from '@/lib/types'
import { signIn } from '@/testing/signIn'
import { ChannelsPage } from './ChannelsPage'

const posted: { path: string; body: unknown }[] = []
let channel: Channel
let refusal: string | null
let client: QueryClient

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    if (path.endsWith('/qr')) {
      return channel.status === 'pairing'
        ? new Response(new Uint8Array([0x89, 0x50, 0x4e, 0x47]), { headers: { 'Content-Type': 'image/png' } })
        : problem('channel_not_pairing')
    }
    if (ask.method !== 'POST') return Response.json({ items: [channel], nextCursor: null })
    posted.push({ path, body: ask.body ? JSON.parse(ask.body as string) : null })
    if (refusal) return problem(refusal)
    if (path.endsWith('/connect')) channel = { ...channel, status: 'pairing' }
    if (path.endsWith('/disconnect')) channel = { ...channel, status: 'stopped' }
    return Response.json(path.endsWith('/pairing-code') ? { code: 'ABCD-1234' } : channel)
  })
  posted.length = 0
  refusal = null
  channel = {
    id: 'c',
    projectId: 'p',
    name: 'Vendas',
    type: 'waha',
    status: 'new',
    statusAt: null,
    phone: null,
    waha: { url: 'http://waha:3000', session: 'vendas', hasApiKey: true, hasHmacSecret: true },
    api: null,
    webhookPath: '/webhooks/waha/key',
    sessionTimeoutMinutes: null,
    groups: true,
    statusPosts: false,
    defaultPipelineId: null,
    readReceipts: true,
    leftOut: 0,
    archivedAt: null,
    version: 1,
  }
  client = new QueryClient()
  void i18next.changeLanguage('en')
  signIn(['channel_read', 'channel_write'], 'admin')
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const problem = (code: string) => Response.json({ code, detail: code }, { status: 409 })

function show() {
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <MemoryRouter>
          <ChannelsPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  )
}

it('shows the code until the phone has scanned it, and then the number', async () => {
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Connect' }))
  const code = await screen.findByRole('img', { name: 'QR code to scan with WhatsApp' })
  expect(code).toHaveAttribute('src', 'data:image/png;base64,iVBORw==')
  expect(posted).toEqual([{ path: '/api/v1/channels/c/connect', body: null }])

  channel = { ...channel, status: 'connected', phone: '+5511998000999' }
  eventReader(client)({ position: 1, type: 'channel.connected', occurredAt: '2026-11-24T10:00:00Z', aggregateType: 'channel', aggregateId: 'c', data: { channelId: 'c' } })
  expect(await screen.findByRole('status')).toHaveTextContent('Connected as +55 11 99800-0999.')
  expect(screen.queryByRole('img', { name: 'QR code to scan with WhatsApp' })).toBeNull()
})

it('gives a code to whoever has no camera at hand', async () => {
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Connect' }))
  await screen.findByRole('img', { name: 'QR code to scan with WhatsApp' })
  await userEvent.click(screen.getByLabelText('Number of the phone, with country code'))
  await userEvent.paste('+55 11 98765-4321')
  await userEvent.click(screen.getByRole('button', { name: 'Get a code' }))
  expect(await screen.findByText('ABCD-1234')).toBeInTheDocument()
  expect(posted.at(-1)).toEqual({ path: '/api/v1/channels/c/pairing-code', body: { phone: '+55 11 98765-4321' } })
})

it('says why it does not connect, and tries again', async () => {
  refusal = 'waha_unreachable'
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Connect' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The WAHA server cannot be reached. Check its address.')
  refusal = null
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('img', { name: 'QR code to scan with WhatsApp' })).toBeInTheDocument()
})

it('disconnects, and logs out only when that is wanted', async () => {
  channel = { ...channel, status: 'connected' }
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Disconnect' }))
  await userEvent.click(await screen.findByLabelText(/Also log out/))
  await userEvent.click(screen.getByRole('button', { name: 'Disconnect now' }))
  await waitFor(() => expect(screen.getByText('Stopped')).toBeInTheDocument())
  expect(posted).toEqual([{ path: '/api/v1/channels/c/disconnect', body: { logOut: true } }])
})

it('offers nothing to those who may only look', async () => {
  signIn(['channel_read'], 'admin')
  show()
  expect(await screen.findByText('Nothing heard yet')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Connect' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Change address' })).toBeNull()
})

it('shows a program of the company without a phone to pair', async () => {
  channel = { ...channel, type: 'api', status: 'connected', waha: null, api: { url: 'https://loja.example/mensagens', hasSecret: true }, webhookPath: null }
  show()
  expect(await screen.findByText('https://loja.example/mensagens')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Disconnect' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Change address' })).toBeNull()
})
