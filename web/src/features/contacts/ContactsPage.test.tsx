import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { session } from '@/lib/api'
import { i18next } from '@/lib/i18n'
import type { Contact } from '@/lib/types'
import { ContactsPage } from './ContactsPage'

const read: URL[] = []
const asked: { path: string; body: Record<string, unknown>; once: string | null }[] = []
let router: ReturnType<typeof createMemoryRouter>
let refusals: { code: string; errors: { field: string; code: string }[] }[]

const carla: Contact = {
  id: 'c',
  projectId: 'p',
  name: 'Carla Dias',
  nameSetBy: 'person',
  language: null,
  identities: [{ kind: 'phone', value: '+5511998000301', display: '+5511998000301' }],
  tags: [],
  fields: {},
  createdAt: '2026-11-01T10:00:00Z',
  deletedAt: null,
  version: 1,
}

const plan = { id: 'f', projectId: 'p', key: 'plan', label: 'Plan', type: 'text', options: [], currency: null, required: true, archived: false, version: 1 }

function answer(path: string) {
  if (path.startsWith('/api/v1/contact-fields')) return [plan, { ...plan, id: 'g', key: 'size', label: 'Size', required: false }, { ...plan, id: 'h', key: 'shop', label: 'Shop', type: 'json', required: false }]
  if (path.startsWith('/api/v1/contacts/duplicates')) return [{ contactId: 'd', name: 'Carla D.', kind: 'phone', value: '+5511998000301', deleted: false }]
  return []
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('IntersectionObserver', class { observe() {} disconnect() {} })
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    if (ask.method === 'GET') {
      read.push(new URL(path, 'http://crm'))
      return Response.json(/\/contacts\/[cd]$/.test(path) ? { ...carla, id: path.slice(-1) } : { items: answer(path), nextCursor: null })
    }
    asked.push({ path, body: JSON.parse(ask.body as string) as Record<string, unknown>, once: new Headers(ask.headers).get('Idempotency-Key') })
    const refusal = refusals.shift()
    return refusal ? Response.json({ ...refusal, detail: '' }, { status: 409 }) : Response.json(carla, { status: 201 })
  })
  asked.length = 0
  read.length = 0
  refusals = []
  void i18next.changeLanguage('en')
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(permissions: string[], address = '/contacts') {
  session.begin({
    accessToken: 't',
    expiresInSeconds: 60,
    user: { id: 'u', name: 'Bia', email: 'bia@exemplo.com.br', role: 'agent' },
    tenant: { id: 't', name: 'Loja' },
    projects: [{ id: 'p', name: 'Loja' }] as never,
    permissions,
  })
  router = createMemoryRouter([{ path: '/contacts/:contactId?', element: <ContactsPage /> }], { initialEntries: [address] })
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  )
}

async function open(user: ReturnType<typeof userEvent.setup>) {
  show(['contact_read', 'contact_write'])
  await user.click(screen.getByRole('button', { name: 'New contact' }))
  const dialog = within(await screen.findByRole('dialog'))
  await dialog.findByLabelText(/Plan/)
  return dialog
}

it('enters somebody with what the company must know, and opens the page', async () => {
  const user = userEvent.setup()
  const dialog = await open(user)
  expect(dialog.queryByLabelText('Size')).toBeNull()
  await user.type(dialog.getByLabelText('Name'), 'Carla Dias')
  await user.type(dialog.getByLabelText('Phone'), '11 99800-0301')
  await user.type(dialog.getByRole('combobox', { name: 'Tags' }), 'vip{Enter}')
  await user.type(dialog.getByLabelText(/Plan/), 'gold')
  await user.click(dialog.getByRole('button', { name: 'Create contact' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/contacts/c'))
  expect(asked[0]).toMatchObject({
    path: '/api/v1/contacts',
    body: { projectId: 'p', name: 'Carla Dias', phones: ['11 99800-0301'], emails: [], tags: ['vip'], fields: { plan: 'gold' } },
  })
  expect(asked[0]?.once).toBeTruthy()
})

it('says at each field what is wrong with it', async () => {
  refusals = [
    { code: 'validation_failed', errors: [{ field: 'emails', code: 'invalid' }] },
    { code: 'validation_failed', errors: [{ field: 'fields.plan', code: 'required' }] },
  ]
  const user = userEvent.setup()
  const dialog = await open(user)
  await user.type(dialog.getByLabelText('E-mail'), 'carla@')
  await user.click(dialog.getByRole('button', { name: 'Create contact' }))
  expect(await dialog.findByText('This is not an e-mail address.')).toBeInTheDocument()
  await user.type(dialog.getByLabelText('E-mail'), 'exemplo.com.br')
  await user.click(dialog.getByRole('button', { name: 'Create contact' }))
  expect(await dialog.findByText('This field is required.')).toBeInTheDocument()
  expect(dialog.queryByText('This is not an e-mail address.')).toBeNull()
  expect(asked[1]?.once).not.toBe(asked[0]?.once)
})

it('leads to the contact who has the number already', async () => {
  refusals = [{ code: 'contact_duplicate', errors: [{ field: 'phones', code: 'taken' }] }]
  const user = userEvent.setup()
  const dialog = await open(user)
  await user.type(dialog.getByLabelText('Phone'), '11 99800-0301')
  await user.click(dialog.getByRole('button', { name: 'Create contact' }))
  expect(await dialog.findByText(/This number is somebody/)).toBeInTheDocument()
  await user.click(await dialog.findByRole('link', { name: 'Carla D. · +55 11 99800-0301' }))
  expect(router.state.location.pathname).toBe('/contacts/d')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('is not offered to who may only look', async () => {
  show(['contact_read'])
  expect(await screen.findByText('No contacts yet')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'New contact' })).toBeNull()
})

it('finds those who were deleted', async () => {
  const user = userEvent.setup()
  show(['contact_read'])
  await user.click(screen.getByRole('button', { name: 'Filter' }))
  await user.click(await screen.findByRole('checkbox', { name: 'Deleted' }))
  await waitFor(() => expect(router.state.location.search).toBe('?deleted=true'))
  await waitFor(() => expect(read.some(({ pathname, searchParams }) => pathname === '/api/v1/contacts' && searchParams.get('deleted') === 'true')).toBe(true))
  await user.click(screen.getByRole('button', { name: 'Take out of the filter: Deleted' }))
  await waitFor(() => expect(router.state.location.search).toBe(''))
})

it('filters by a text that a field holds, and by a part of a document', async () => {
  Element.prototype.scrollIntoView = () => {} // jsdom has none
  const user = userEvent.setup()
  show(['contact_read'])
  const filterOf = () => read.findLast(({ pathname }) => pathname === '/api/v1/contacts/search')?.searchParams.get('filter')
  await user.click(screen.getByRole('button', { name: 'Filter' }))
  await user.click(await screen.findByRole('combobox', { name: 'Field' }))
  await user.click(await screen.findByRole('option', { name: 'Size' }))
  await user.type(await screen.findByRole('textbox', { name: 'Size contains' }), 'XL{Enter}')
  await waitFor(() => expect(router.state.location.search).toBe('?text.size=XL'))
  await waitFor(() => expect(filterOf()).toBe('{"and":[{"field":"custom.size","contains":"XL"}]}'))

  await user.click(screen.getByRole('combobox', { name: 'Field' }))
  await user.click(await screen.findByRole('option', { name: 'Shop' }))
  const written = await screen.findByRole('textbox', { name: 'Shop contains' })
  await user.click(written)
  await user.paste('{"plan": ')
  await user.click(screen.getByRole('button', { name: 'Apply' }))
  expect(await screen.findByText('This is not a value for this field.')).toBeInTheDocument()
  await user.click(written)
  await user.paste('"gold"}')
  await user.click(screen.getByRole('button', { name: 'Apply' }))
  await waitFor(() => expect(filterOf()).toBe('{"and":[{"field":"custom.shop","contains":{"plan":"gold"}}]}'))
  await user.click(screen.getByRole('button', { name: 'Take out of the filter: Shop: {"plan":"gold"}' }))
  await waitFor(() => expect(router.state.location.search).toBe(''))
  Reflect.deleteProperty(Element.prototype, 'scrollIntoView')
})

it('keeps what is looked for and filtered in the address', async () => {
  const user = userEvent.setup()
  show(['contact_read'], '/contacts?q=ca&tag=vip&last=before-30')
  expect(await screen.findByText('Nobody with this filter')).toBeInTheDocument()
  const search = screen.getByRole('searchbox')
  expect(search).toHaveValue('ca')
  await user.type(search, 'rla')
  await waitFor(() => expect(router.state.location.search).toBe('?q=carla&tag=vip&last=before-30'))
  await user.click(screen.getByRole('button', { name: 'Take out of the filter: Last message more than 30 days ago' }))
  await waitFor(() => expect(router.state.location.search).toBe('?q=carla&tag=vip'))
  await waitFor(() =>
    expect(JSON.parse(read.findLast(({ pathname }) => pathname === '/api/v1/contacts/search')!.searchParams.get('filter')!)).toEqual({
      and: [{ field: 'tag', equals: 'vip' }, { or: [{ field: 'name', contains: 'carla' }, { field: 'email', contains: 'carla' }] }],
    }),
  )
  await user.click(screen.getByRole('button', { name: 'Clear filter' }))
  await waitFor(() => expect(router.state.location.search).toBe('?q=carla'))
  expect(search).toHaveValue('carla')

  await router.navigate('/contacts')
  await waitFor(() => expect(search).toHaveValue(''))
})
