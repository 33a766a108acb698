import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import { queryClient } from '@/lib/query'
import { SignInPage } from './SignInPage'

beforeAll(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  return void i18next.changeLanguage('pt-BR')
})
afterEach(cleanup)

it('asks for the code once the server wants one, and sends it with the rest', async () => {
  const bodies: unknown[] = []
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    bodies.push(JSON.parse(String(init.body)))
    return Promise.resolve(new Response(JSON.stringify({ code: 'second_factor_required', detail: '' }), { status: 401 }))
  })
  render(
    <MantineProvider>
      <QueryClientProvider client={queryClient}>
        <MemoryRouter>
          <SignInPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  )
  expect(screen.queryByLabelText(/Código do aplicativo/)).toBeNull()
  await userEvent.type(screen.getByLabelText(/E-mail/), 'ana@exemplo.com.br')
  await userEvent.type(screen.getByLabelText('Senha'), 'cavalo bateria grampo')
  await userEvent.click(screen.getByRole('button', { name: 'Entrar' }))
  await userEvent.type(await screen.findByLabelText(/Código do aplicativo/), '123456')
  expect(screen.queryByRole('alert')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Entrar' }))
  expect(bodies).toEqual([
    { email: 'ana@exemplo.com.br', password: 'cavalo bateria grampo' },
    { email: 'ana@exemplo.com.br', password: 'cavalo bateria grampo', code: '123456' },
  ])
})
