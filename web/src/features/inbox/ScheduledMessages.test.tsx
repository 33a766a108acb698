import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import type { ScheduledMessage } from '@/lib/types'
import { signIn } from '@/testing/signIn'
import { ScheduleButton, ScheduledMessages } from './ScheduledMessages'

const posted: { path: string; body: Record<string, unknown> }[] = []
let waiting: ScheduledMessage[] = []

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    if (ask.method !== 'POST') return Response.json({ items: waiting, nextCursor: null })
    posted.push({ path, body: ask.body ? (JSON.parse(ask.body as string) as Record<string, unknown>) : {} })
    waiting = path.endsWith('/cancel') ? [] : waiting
    return Response.json({}, { status: 200 })
  })
  posted.length = 0
  void i18next.changeLanguage('pt-BR')
  signIn()
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(what: React.ReactNode) {
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>{what}</QueryClientProvider>
    </MantineProvider>,
  )
}

it('lists what waits, and cancels it', async () => {
  waiting = [
    { id: '1', chatId: 'chat', type: 'text', text: 'Bom dia', sendAt: '2026-12-01T12:00:00Z', cancelIfCustomerWrites: true, customerHasWritten: true },
  ]
  show(<ScheduledMessages chatId="chat" />)
  expect(await screen.findByText('Bom dia')).toBeInTheDocument()
  expect(screen.getByText('não será enviada: o cliente escreveu')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Cancelar: Bom dia' }))
  await waitFor(() => expect(screen.queryByText('Bom dia')).toBeNull())
  expect(posted[0]?.path).toBe('/api/v1/scheduled-messages/1/cancel')
})

it('schedules what is written', async () => {
  const done = vi.fn()
  show(<ScheduleButton chatId="chat" text="Até amanhã" replyTo="m1" disabled={false} onScheduled={done} />)
  await userEvent.click(screen.getByRole('button', { name: 'Enviar mais tarde' }))
  await userEvent.click(await screen.findByLabelText('Só se o cliente não escrever antes'))
  await userEvent.click(screen.getByText('Programar'))
  await waitFor(() => expect(done).toHaveBeenCalled())
  expect(posted[0]?.body).toMatchObject({ message: { chatId: 'chat', text: 'Até amanhã', replyToMessageId: 'm1' }, cancelIfCustomerWrites: true })
  expect(new Date(posted[0]!.body.sendAt as string).getTime()).toBeGreaterThan(Date.now())
})
