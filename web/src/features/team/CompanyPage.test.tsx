import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import type { Project } from '@/lib/types'
import { signIn } from '@/testing/signIn'
import { CompanyPage } from './CompanyPage'

const asked: { seen: string | null; body: unknown }[] = []
let kept: Project

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('fetch', async (_: string, ask: RequestInit) => {
    if (ask.method === 'GET') return Response.json({ items: [kept], nextCursor: null })
    const seen = new Headers(ask.headers).get('If-Match')
    const body = JSON.parse(ask.body as string) as Partial<Project>
    asked.push({ seen, body })
    if (seen !== `"${kept.version}"`) return Response.json({ code: 'version_stale', detail: '', errors: [] }, { status: 412 })
    kept = { ...kept, ...body, version: kept.version + 1 }
    return Response.json(kept)
  })
  asked.length = 0
  kept = { id: 'p', name: 'Loja', timeZone: 'America/Sao_Paulo', country: 'BR', sessionTimeoutMinutes: 30, version: 3 }
  void i18next.changeLanguage('en')
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show() {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <CompanyPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  )
}

it('sends what was changed and no more, and shows what others changed before it is saved again', async () => {
  signIn(['settings_write'], 'owner')
  const user = userEvent.setup()
  show()
  const name = await screen.findByLabelText('Name')
  expect(screen.getByRole('combobox', { name: 'Country' })).toHaveValue('Brazil')
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled()
  await user.clear(name)
  await user.type(name, 'Loja do Centro')
  kept = { ...kept, sessionTimeoutMinutes: 90, version: 4 }
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Somebody changed this while you were editing.')
  await waitFor(() => expect(screen.getByLabelText('Minutes of silence until a session ends')).toHaveValue('90'))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled())
  expect(asked).toEqual([
    { seen: '"3"', body: { name: 'Loja do Centro' } },
    { seen: '"4"', body: { name: 'Loja do Centro' } },
  ])
})

it('is only to be read for whoever may not change settings', async () => {
  signIn(['inbox_read'])
  show()
  expect(await screen.findByLabelText('Name')).toBeDisabled()
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull()
})
