import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import type { QueueState } from '@/lib/types'
import { signIn } from '@/testing/signIn'
import { OperationsPage } from './OperationsPage'

const removed: string[] = []
let queues: QueueState[]
let refusal: string | null

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    if (ask.method === 'DELETE') {
      if (refusal) return Response.json({ code: refusal, detail: 'refused' }, { status: 409 })
      removed.push(path)
      queues = queues.filter(({ name }) => !path.includes(`/${name}?`))
      return new Response(null, { status: 204 })
    }
    if (path.endsWith('/queues')) return Response.json({ queues })
    return Response.json({ accepted: 3, applied: 3, lost: 0, doubled: 0 })
  })
  removed.length = 0
  refusal = null
  queues = [...lanes('crm.timeline', false), ...lanes('crm.old', true, 2), ...lanes('crm.older', true)]
  void i18next.changeLanguage('en')
  signIn(['operations_read', 'operations_write'], 'admin')
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function lanes(name: string, abandoned: boolean, waiting = 0): QueueState[] {
  return (['interactive', 'bulk'] as const).map((lane) => ({
    name,
    lane,
    depth: waiting,
    unacked: 0,
    oldestAgeSeconds: null,
    consumers: abandoned ? 0 : 1,
    abandoned,
    deadLetterQueue: null,
    deadLetters: 0,
    ttlSeconds: null,
    publishedPerSecond: 0,
    settledPerSecond: 0,
  }))
}

function show() {
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <OperationsPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  )
}

const buttons = () => screen.getAllByRole('button', { name: 'Remove' })

it('removes the queue of a consumer that is gone, and says what is lost with it', async () => {
  show()
  await screen.findAllByText('Consumer is gone')
  expect(buttons(), 'one for each queue, not for each lane').toHaveLength(2)

  await userEvent.click(buttons()[0]!)
  const asking = await screen.findByRole('dialog', { name: 'Remove the queue crm.old?' })
  expect(asking).toHaveTextContent('4 messages that lie in it are lost')
  await userEvent.click(within(asking).getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(removed).toEqual([])

  await userEvent.click(buttons()[0]!)
  await userEvent.click(await screen.findByRole('button', { name: 'Yes, remove' }))
  await screen.findByText('The queue crm.old is gone.')
  await waitFor(() => expect(buttons()).toHaveLength(1))

  await userEvent.click(buttons()[0]!)
  expect(await screen.findByRole('dialog')).toHaveTextContent('nothing lies in it')
  await userEvent.click(screen.getByRole('button', { name: 'Yes, remove' }))
  await screen.findByText('The queue crm.older is gone.')
  expect(removed).toEqual(['/api/v1/operations/queues/crm.old?discard=true', '/api/v1/operations/queues/crm.older?discard=false'])
})

it('tells why a queue stays', async () => {
  refusal = 'queue_in_use'
  show()
  await screen.findAllByText('Consumer is gone')
  await userEvent.click(buttons()[1]!)
  await userEvent.click(await screen.findByRole('button', { name: 'Yes, remove' }))
  await screen.findByText('A running program has its consumer again, so the queue stays.')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(buttons()).toHaveLength(2)
})

it('offers it to nobody who may only look', async () => {
  signIn(['operations_read'], 'supervisor')
  show()
  await screen.findAllByText('Consumer is gone')
  expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull()
})
