import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, within } from '@testing-library/react'
import type { ReactNode } from 'react'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import { signIn } from '@/testing/signIn'
import type { Member, Role } from './api'
import { KeysPage } from './KeysPage'
import { RolesPage } from './RolesPage'
import { TeamPage } from './TeamPage'

const asked: string[] = []

const answers: Record<string, unknown[]> = {
  members: [
    { id: 'm', name: 'Caio', email: 'caio@exemplo.com.br', role: 'agent', roleName: 'agent', active: true, secondFactor: true, createdAt: '2026-11-01T10:00:00Z', version: 1 },
  ] satisfies Member[],
  roles: [
    { id: 'agent', name: 'agent', builtIn: true, permissions: ['contact_read'], members: 1, version: 0 },
    { id: 'r', name: 'Cashier', builtIn: false, permissions: ['contact_read'], members: 2, version: 4 },
  ] satisfies Role[],
  invitations: [
    { id: 'i', email: 'nova@exemplo.com.br', role: 'agent', roleName: 'agent', mail: 'sent', mailError: null, expiresAt: '2026-12-01T10:00:00Z' },
  ],
  'api-keys': [],
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('fetch', async (path: string) => {
    const [, what] = /^\/api\/v1\/([a-z-]+)/.exec(path) ?? []
    asked.push(what!)
    return Response.json({ items: answers[what!], nextCursor: null })
  })
  asked.length = 0
  void i18next.changeLanguage('en')
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(page: ReactNode, ...permissions: string[]) {
  signIn(permissions, 'viewer')
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>{page}</MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  )
}

it('lets who manages the team invite people and change what they may do', async () => {
  show(<TeamPage />, 'team_read', 'team_manage')
  const caio = within(await screen.findByRole('listitem', { name: 'Caio' }))
  expect(caio.getByRole('button', { name: 'Deactivate' })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Invite' })).toBeInTheDocument()
  expect(await screen.findByRole('listitem', { name: 'nova@exemplo.com.br' })).toBeInTheDocument()
})

it('shows the team to who may only see it, with nothing that would be refused', async () => {
  show(<TeamPage />, 'team_read')
  const caio = within(await screen.findByRole('listitem', { name: 'Caio' }))
  expect(await caio.findByText('Agent')).toBeInTheDocument()
  expect(screen.getByText(/Only who manages the team/)).toBeInTheDocument()
  expect(screen.queryByRole('button')).toBeNull()
  expect(asked).not.toContain('invitations')
})

it('shows the roles likewise', async () => {
  show(<RolesPage />, 'team_read')
  expect(await screen.findByRole('listitem', { name: 'Cashier' })).toBeInTheDocument()
  expect(screen.queryByRole('button')).toBeNull()
})

it.each([
  ['the team', <TeamPage />],
  ['roles', <RolesPage />],
  ['keys', <KeysPage />],
])('says to who may not see %s that it is so, and asks for nothing', (_, page) => {
  show(page, 'contact_read')
  expect(screen.getByText('Your role does not open this screen')).toBeInTheDocument()
  expect(screen.queryByRole('button')).toBeNull()
  expect(asked).toEqual([])
})
