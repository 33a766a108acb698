import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eventReader } from '@/lib/events'
import { i18next } from '@/lib/i18n'
import { signIn } from '@/testing/signIn'
import type { Notification } from './api'
import { Bell } from './Bell'

const posted: string[] = []
let told: Notification[]
let client: QueryClient

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    if (ask.method === 'POST') {
      posted.push(path)
      told = told.map((one) => (path.endsWith(`/${one.id}/seen`) || path.endsWith('/notifications/seen') ? { ...one, seenAt: '2026-11-02T10:00:00Z' } : one))
      return new Response(null, { status: 204 })
    }
    if (path.endsWith('/unseen')) return Response.json({ count: told.filter(({ seenAt }) => seenAt === null).length })
    return Response.json({ items: told, nextCursor: null })
  })
  posted.length = 0
  told = [aMention]
  client = new QueryClient()
  void i18next.changeLanguage('en')
  signIn(['contact_read'])
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const aMention: Notification = {
  id: 'm',
  kind: 'mention',
  contactId: 'a',
  contactName: 'Ana Souza',
  noteId: 'n',
  excerpt: 'Prefers mornings',
  mentionedBy: 'Caio',
  chatId: null,
  sessionId: null,
  teamName: null,
  createdAt: '2026-11-01T10:00:00Z',
  seenAt: null,
}

function show() {
  const router = createMemoryRouter([{ path: '*', Component: Bell }], { initialEntries: ['/inbox'] })
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  return router
}

it('counts what was not seen and leads to the note, which is seen then', async () => {
  const user = userEvent.setup()
  const router = show()
  await user.click(await screen.findByRole('button', { name: 'Notifications: 1 not seen' }))
  const one = await screen.findByRole('link')
  expect(one).toHaveTextContent(/Caio mentioned you in a note about Ana Souza.*Prefers mornings.*not seen/)
  await user.click(one)
  expect(router.state.location).toMatchObject({ pathname: '/contacts/a', hash: '#note-n' })
  await waitFor(() => expect(posted).toEqual(['/api/v1/notifications/m/seen']))
  expect(await screen.findByRole('button', { name: 'Notifications' })).toBeInTheDocument()
  expect(screen.queryByRole('link')).toBeNull()
})

it('tells of a session that waits for a team of which nobody is there, and leads to its chat', async () => {
  told = [{ ...aMention, kind: 'escalation', noteId: null, excerpt: null, mentionedBy: null, chatId: 'c', sessionId: 's', teamName: 'Experts' }]
  const user = userEvent.setup()
  const router = show()
  await user.click(await screen.findByRole('button', { name: 'Notifications: 1 not seen' }))
  const one = await screen.findByRole('link')
  expect(one).toHaveTextContent(/The conversation with Ana Souza was escalated to Experts, and nobody there is available/)
  await user.click(one)
  expect(router.state.location.pathname).toBe('/inbox/c')
  await waitFor(() => expect(posted).toEqual(['/api/v1/notifications/m/seen']))
})

it('hears of a mention while it is looked at', async () => {
  told = []
  show()
  await screen.findByRole('button', { name: 'Notifications' })
  told = [aMention]
  eventReader(client)({
    position: 1,
    type: 'note.mentioned',
    occurredAt: aMention.createdAt,
    aggregateType: 'note',
    aggregateId: 'n',
    data: { noteId: 'n', contactId: 'a', userId: 'u', text: 'Prefers mornings' },
  })
  expect(await screen.findByRole('button', { name: 'Notifications: 1 not seen' })).toBeInTheDocument()
})

it('hears of what was seen in another tab', async () => {
  told = [aMention]
  show()
  await screen.findByRole('button', { name: 'Notifications: 1 not seen' })
  told = [{ ...aMention, seenAt: '2026-03-02T12:01:00Z' }]
  eventReader(client)({
    position: 1,
    type: 'notification.seen',
    occurredAt: '2026-03-02T12:01:00Z',
    aggregateType: 'notification',
    aggregateId: aMention.id,
    data: { notificationId: aMention.id, userId: 'u' },
  })
  expect(await screen.findByRole('button', { name: 'Notifications' })).toBeInTheDocument()
})

it('marks all as seen at once', async () => {
  told = [aMention, { ...aMention, id: 'o', contactName: null }]
  const user = userEvent.setup()
  show()
  await user.click(await screen.findByRole('button', { name: 'Notifications: 2 not seen' }))
  const list = await screen.findByRole('list', { name: 'Notifications' })
  await waitFor(() => expect(within(list).getAllByRole('link')).toHaveLength(2))
  await user.click(screen.getByRole('button', { name: 'Mark all as seen' }))
  await waitFor(() => expect(posted).toEqual(['/api/v1/notifications/seen']))
  expect(await screen.findByRole('button', { name: 'Notifications' })).toBeInTheDocument()
  expect(within(list).queryByText(/not seen/)).toBeNull()
})

it('is not there for those who may not read contacts', () => {
  signIn(['inbox_read'])
  show()
  expect(screen.queryByRole('button')).toBeNull()
})
