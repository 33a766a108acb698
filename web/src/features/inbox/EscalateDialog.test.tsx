import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { session as signedIn } from '@/lib/api'
import { i18next } from '@/lib/i18n'
import type { Session } from './api'
import { EscalateDialog } from './EscalateDialog'

const asked: { path: string; seen: string | null; body: unknown }[] = []
const aSession = { id: 's', version: 4, agentId: 'b', teamId: null, priority: 'normal' } as unknown as Session

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  Element.prototype.scrollIntoView = () => {}
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    if (ask.method === 'POST') {
      asked.push({ path, seen: new Headers(ask.headers).get('If-Match'), body: JSON.parse(String(ask.body)) })
      return Response.json({ ...aSession, agentId: null, teamId: 't' })
    }
    const teams = [
      { id: 't', name: 'Specialists', agentIds: ['c'] },
      { id: 'e', name: 'Nobody', agentIds: [] },
    ]
    const agents = [
      { id: 'b', name: 'Beto' },
      { id: 'c', name: 'Caio' },
    ]
    return Response.json({ items: path.includes('/teams') ? teams : agents, nextCursor: null })
  })
  asked.length = 0
  void i18next.changeLanguage('en')
  signedIn.begin({
    accessToken: 't',
    expiresInSeconds: 60,
    user: { id: 'u', name: 'Bia', email: 'bia@exemplo.com.br', role: 'agent' },
    tenant: { id: 't', name: 'Loja' },
    projects: [],
    permissions: ['team_read', 'message_send'],
  })
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show() {
  const closed = vi.fn()
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <EscalateDialog session={aSession} onClose={closed} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  return closed
}

it('hands the session on to a team, with the reason', async () => {
  const user = userEvent.setup()
  const closed = show()
  await user.click(screen.getByRole('combobox', { name: 'To' }))
  await user.click(await screen.findByRole('option', { name: 'Specialists' }))
  await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'Wants the money back')
  await user.click(screen.getByRole('button', { name: 'Escalate' }))
  await waitFor(() => expect(closed).toHaveBeenCalled())
  expect(asked).toEqual([
    { path: '/api/v1/sessions/s/escalate', seen: '"4"', body: { agentId: null, teamId: 't', priority: null, reason: 'Wants the money back' } },
  ])
})

it('offers neither whoever has it nor a team without anybody, and else goes by the rule', async () => {
  const user = userEvent.setup()
  const closed = show()
  await user.click(screen.getByRole('combobox', { name: 'To' }))
  expect(await screen.findByRole('option', { name: 'Caio' })).toBeInTheDocument()
  expect(screen.queryByRole('option', { name: 'Beto' })).toBeNull()
  expect(screen.queryByRole('option', { name: 'Nobody' })).toBeNull()
  await user.keyboard('{Escape}')
  await user.click(screen.getByRole('button', { name: 'Escalate' }))
  await waitFor(() => expect(closed).toHaveBeenCalled())
  expect(asked[0]?.body).toEqual({ agentId: null, teamId: null, priority: null, reason: null })
})
