import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider, useParams } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import type { Contact } from '@/lib/types'
import { signIn } from '@/testing/signIn'
import type { Membership, Merge, MergePreview, Note } from './api'
import { ContactSheet } from './ContactSheet'

const asked: { method: string; path: string; body: Record<string, unknown> | null; headers: Headers }[] = []
let contacts: Record<string, Contact>
let lists: Membership[]
let allLists: { id: string; name: string; kind: string }[]
let merges: Merge[]
let notes: Note[]
let laterNotes: Note[]
let deletedNotes: Note[]
let refusal: string | null
let wrong: { field: string; code: string; detail: string }[]

const page = (items: unknown[]) => Response.json({ items, nextCursor: null })

function answer(path: string): Response {
  const [, id, rest] = /^\/api\/v1\/contacts\/([ab])(?:\/([a-z]+\/?[a-z]*))?/.exec(path) ?? []
  if (path.startsWith('/api/v1/contact-fields')) return page([aField, { ...aField, id: 'g', key: 'regular', label: 'Regular', type: 'boolean', currency: null }, { ...aField, id: 'h', key: 'site', label: 'Site', type: 'url', currency: null }])
  if (path.startsWith('/api/v1/contact-lists')) return page(allLists)
  if (path.startsWith('/api/v1/contacts/tags')) return page([{ name: 'vip', contacts: 3 }])
  if (path.startsWith('/api/v1/members')) return page([aMember, { ...aMember, id: 'u', name: 'Bia' }, { ...aMember, id: 'd', name: 'Duda', active: false }])
  if (path.startsWith('/api/v1/contacts?')) return page(Object.values(contacts))
  switch (rest) {
    case undefined:
      return Response.json(contacts[id!])
    case 'notes':
      if (path.includes('deleted=true')) return page(deletedNotes)
      if (path.includes('cursor=')) return page(laterNotes)
      return Response.json({ items: notes, nextCursor: laterNotes.length > 0 ? 'later' : null })
    case 'lists':
      return page(lists)
    case 'merges':
      return page(merges)
    case 'timeline':
      return page([])
    default:
      return refusal ? problem(refusal) : Response.json({ ...aPreview, contactId: id })
  }
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    if (ask.method === 'GET') return answer(path)
    const body = ask.body ? (JSON.parse(ask.body as string) as Record<string, unknown>) : null
    asked.push({ method: ask.method!, path, body, headers: new Headers(ask.headers) })
    if (refusal) return problem(refusal)
    if (path.endsWith('/merges')) {
      const into = path.includes('/contacts/b/') ? 'b' : 'a'
      contacts = { a: contacts[into]!, b: contacts[into]! }
    }
    if (path.endsWith('/merges/b')) merges = []
    if (ask.method === 'DELETE' && path.endsWith('/notes/n')) notes = []
    return Response.json({})
  })
  asked.length = 0
  contacts = { a: ana, b: { ...ana, id: 'b', name: 'Ana S.', tags: [], identities: [phoneOf('+5511998000102')] } }
  lists = []
  allLists = []
  merges = []
  notes = []
  laterNotes = []
  deletedNotes = []
  refusal = null
  wrong = []
  void i18next.changeLanguage('en')
  signIn(['contact_read', 'contact_write', 'team_read'])
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const problem = (code: string) => Response.json({ code, detail: '', errors: wrong }, { status: 409 })

const phoneOf = (value: string) => ({ kind: 'phone' as const, value, display: value })

const ana: Contact = {
  id: 'a',
  projectId: 'p',
  name: 'Ana Souza',
  nameSetBy: 'person',
  language: null,
  identities: [phoneOf('+5511998000101')],
  tags: ['vip'],
  fields: { limit: 1500 },
  createdAt: '2026-11-01T10:00:00Z',
  deletedAt: null,
  version: 3,
}

const aField = { id: 'f', projectId: 'p', key: 'limit', label: 'Credit', type: 'money', options: [], currency: 'BRL', required: false, archived: false, version: 1 }

const aPreview: MergePreview = {
  contactId: 'a',
  otherId: 'b',
  name: { contact: 'Ana Souza', other: 'Ana S.', keeps: 'contact' },
  language: { contact: null, other: null, keeps: null },
  identities: [phoneOf('+5511998000102')],
  tags: { coming: ['atacado'], both: [] },
  fields: [{ key: 'limit', contact: 1500, other: 900, keeps: 'contact', conflict: true }],
  brings: { chats: 1, sessions: 2, notes: 0, deals: 0, touches: 0 },
  conflicts: ['name', 'fields.limit'],
}

const aMember = { id: 'c', name: 'Caio', email: 'caio@exemplo.com.br', role: 'agent', roleName: 'agent', active: true, secondFactor: false, createdAt: '2026-11-01T10:00:00Z', version: 1 }

const aNote: Note = {
  id: 'n',
  contactId: 'a',
  type: 'call',
  priority: 'urgent',
  text: 'Prefers mornings',
  mentions: [],
  pinned: false,
  authorName: 'Bia',
  createdAt: '2026-11-01T10:00:00Z',
  editedAt: null,
  deletedAt: null,
  version: 7,
}

function Sheet() {
  const { contactId } = useParams()
  return <ContactSheet key={contactId} contactId={contactId!} />
}

function show(address = '/contacts/a') {
  const router = createMemoryRouter([{ path: '/contacts/:contactId', Component: Sheet }], { initialEntries: [address] })
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  return router
}

async function chooseTheOther(user: ReturnType<typeof userEvent.setup>) {
  await user.click(await screen.findByRole('button', { name: 'Merge with another contact…' }))
  await user.click(await screen.findByRole('combobox', { name: 'The other contact' }))
  await user.click(await screen.findByRole('option', { name: /Ana S\./ }))
}

it('shows what a merge would do before it is done', async () => {
  const user = userEvent.setup()
  const router = show()
  await chooseTheOther(user)
  const outcome = await screen.findByRole('region', { name: 'After merging' })
  expect(outcome).toHaveTextContent('Name: Ana Souza')
  expect(outcome).toHaveTextContent('Is from then on also: +55 11 99800-0102')
  expect(outcome).toHaveTextContent('Comes along: 1 conversation, 2 sessions')
  expect(within(outcome).getByRole('alert')).toHaveTextContent(/Name: Ana S\..*Credit: R\$\s?900/)

  await user.click(screen.getByRole('button', { name: 'Merge contacts' }))
  await waitFor(() => expect(asked).toMatchObject([{ path: '/api/v1/contacts/a/merges', body: { contactId: 'b' } }]))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(router.state.location.pathname).toBe('/contacts/a')
})

it('lets the other one stay, and goes there', async () => {
  const user = userEvent.setup()
  const router = show()
  await chooseTheOther(user)
  await user.click(await screen.findByRole('radio', { name: /Ana S\./ }))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Merge contacts' })).toBeEnabled())
  await user.click(screen.getByRole('button', { name: 'Merge contacts' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/contacts/b'))
  expect(asked).toMatchObject([{ path: '/api/v1/contacts/b/merges', body: { contactId: 'a' } }])
})

it('says why two cannot be merged', async () => {
  refusal = 'same_contact'
  const user = userEvent.setup()
  show()
  await chooseTheOther(user)
  expect(await screen.findByText('The two are one contact already.')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Merge contacts' })).toBeDisabled()
})

it('takes a merge back', async () => {
  merges = [{ contactId: 'b', name: 'Ana S.', identities: [phoneOf('+5511998000102')], mergedAt: '2026-11-02T10:00:00Z' }]
  const user = userEvent.setup()
  show()
  await user.click(within(await screen.findByRole('listitem', { name: 'Ana S.' })).getByRole('button', { name: 'Take apart' }))
  expect(asked).toHaveLength(0)
  await user.click(await screen.findByRole('button', { name: 'Take apart now' }))
  await waitFor(() => expect(asked).toMatchObject([{ method: 'DELETE', path: '/api/v1/contacts/a/merges/b' }]))
  await waitFor(() => expect(screen.queryByRole('listitem', { name: 'Ana S.' })).toBeNull())
})

it('goes to the one under which a merged contact is shown', async () => {
  contacts = { a: contacts.b!, b: contacts.b! }
  const router = show()
  await waitFor(() => expect(router.state.location.pathname).toBe('/contacts/b'))
})

it('puts one tag on and takes one off, each for itself', async () => {
  const user = userEvent.setup()
  show()
  await user.type(await screen.findByRole('combobox', { name: 'Tags' }), 'atacado{Enter}')
  await waitFor(() => expect(asked).toMatchObject([{ method: 'POST', path: '/api/v1/contacts/a/tags', body: { tags: ['atacado'] } }]))
  const field = screen.getByRole('combobox', { name: 'Tags' })
  await waitFor(() => expect(field).toBeEnabled())
  await user.type(field, '{Backspace}')
  await waitFor(() => expect(asked[1]).toMatchObject({ method: 'DELETE', path: '/api/v1/contacts/a/tags?tag=vip' }))
})

it('shows on which lists somebody is, and puts them on those that people fill', async () => {
  const since = '2026-11-02T10:00:00Z'
  lists = [{ id: 'x', name: 'Fair', kind: 'static', since }, { id: 'y', name: 'VIPs', kind: 'dynamic', since }]
  allLists = [...lists, { id: 'z', name: 'Dinner', kind: 'static' }]
  const user = userEvent.setup()
  show()
  expect(await screen.findByRole('list', { name: 'Lists' })).toHaveTextContent(/^VIPsby filter$/)
  const field = screen.getByRole('combobox', { name: 'Lists' })
  await user.click(field)
  await user.click(await screen.findByRole('option', { name: 'Dinner' }))
  await waitFor(() => expect(asked).toMatchObject([{ method: 'POST', path: '/api/v1/contact-lists/z/contacts', body: { contactIds: ['a'] } }]))
  await waitFor(() => expect(field).toBeEnabled())
  await user.type(field, '{Backspace}')
  await waitFor(() => expect(asked[1]).toMatchObject({ method: 'DELETE', path: '/api/v1/contact-lists/x/contacts/a' }))
})

it('writes, changes, pins and deletes notes, and brings one back', async () => {
  notes = [aNote]
  const user = userEvent.setup()
  show()
  const list = await screen.findByRole('list', { name: 'Notes' })
  expect(list).toHaveTextContent(/Prefers mornings.*Urgent.*Call · Bia/)
  await user.type(screen.getByRole('textbox', { name: 'Write a note' }), 'Likes blue')
  await user.click(screen.getByRole('button', { name: 'Add note' }))
  await waitFor(() => expect(asked[0]).toMatchObject({ path: '/api/v1/contacts/a/notes', body: { text: 'Likes blue' } }))

  await user.click(screen.getByRole('button', { name: 'Edit note' }))
  await user.type(screen.getByRole('textbox', { name: 'Text of the note' }), '!')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked[1]).toMatchObject({ method: 'PATCH', path: '/api/v1/contacts/a/notes/n', body: { text: 'Prefers mornings!' } }))
  expect(asked[1]?.headers.get('If-Match')).toBe('"7"')

  await user.click(await screen.findByRole('button', { name: 'Pin note' }))
  await waitFor(() => expect(asked[2]?.body).toEqual({ pinned: true }))
  await user.click(screen.getByRole('button', { name: 'Delete note' }))
  await waitFor(() => expect(asked[3]?.method).toBe('DELETE'))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(asked[4]?.path).toBe('/api/v1/contacts/a/notes/n/restore'))
})

it('mentions colleagues who have not left', async () => {
  notes = [{ ...aNote, mentions: ['d'] }]
  const user = userEvent.setup()
  show()
  expect(await screen.findByText('Mentions Duda')).toBeInTheDocument()
  await user.type(screen.getByRole('textbox', { name: 'Write a note' }), 'Please call')
  await user.click(screen.getByRole('combobox', { name: 'Mention colleagues' }))
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual(['Caio'])
  await user.click(screen.getByRole('option', { name: 'Caio' }))
  await user.click(screen.getByRole('button', { name: 'Add note' }))
  await waitFor(() => expect(asked[0]).toMatchObject({ path: '/api/v1/contacts/a/notes', body: { text: 'Please call', mentions: ['c'] } }))
})

it('changes whom a note mentions', async () => {
  notes = [{ ...aNote, mentions: ['d'] }]
  const user = userEvent.setup()
  show()
  await user.click(await screen.findByRole('button', { name: 'Edit note' }))
  const list = screen.getByRole('list', { name: 'Notes' })
  const field = within(list).getByRole('combobox', { name: 'Mention colleagues' })
  expect(within(list).getByText('Duda')).toBeInTheDocument()
  await user.click(field)
  await user.click(await screen.findByRole('option', { name: 'Caio' }))
  await user.click(within(list).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked).toHaveLength(1))
  expect(asked[0]).toMatchObject({ method: 'PATCH', path: '/api/v1/contacts/a/notes/n' })
  expect(asked[0]?.body).toEqual({ mentions: ['d', 'c'] })
})

it('brings back notes that were deleted long ago', async () => {
  deletedNotes = [{ ...aNote, deletedAt: '2026-11-03T10:00:00Z' }]
  const user = userEvent.setup()
  show()
  await user.click(await screen.findByRole('button', { name: 'Show deleted notes' }))
  const list = await screen.findByRole('list', { name: 'Deleted notes' })
  expect(list).toHaveTextContent(/Prefers mornings.*Bia · deleted/)
  await user.click(within(list).getByRole('button', { name: 'Restore' }))
  await waitFor(() => expect(asked).toMatchObject([{ method: 'POST', path: '/api/v1/contacts/a/notes/n/restore' }]))
})

it('restores a deleted contact, of whom nothing else can be changed', async () => {
  contacts.a = { ...ana, deletedAt: '2026-11-03T10:00:00Z' }
  notes = [aNote]
  const user = userEvent.setup()
  show()
  const restore = await screen.findByRole('button', { name: 'Restore contact' })
  expect(await screen.findByText('Prefers mornings')).toBeInTheDocument()
  expect(screen.queryAllByRole('button', { name: /note|Merge|Edit/ })).toEqual([])
  expect(screen.queryByRole('combobox', { name: 'Tags' })).toBeNull()
  contacts.a = ana
  await user.click(restore)
  await waitFor(() => expect(asked).toMatchObject([{ method: 'POST', path: '/api/v1/contacts/a/restore' }]))
  expect(await screen.findByRole('button', { name: 'Edit name' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Restore contact' })).toBeNull()
})

it('deletes a contact once somebody has said so twice', async () => {
  const user = userEvent.setup()
  show()
  await user.click(await screen.findByRole('button', { name: 'Delete contact…' }))
  const question = await screen.findByRole('dialog', { name: 'Delete Ana Souza?' })
  await user.click(within(question).getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(asked).toHaveLength(0)

  await user.click(screen.getByRole('button', { name: 'Delete contact…' }))
  contacts.a = { ...ana, deletedAt: '2026-11-03T10:00:00Z' }
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete contact' }))
  await waitFor(() => expect(asked).toMatchObject([{ method: 'DELETE', path: '/api/v1/contacts/a', body: null }]))
  expect(await screen.findByRole('button', { name: 'Restore contact' })).toBeInTheDocument()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('does not offer to delete a contact to who may only look', async () => {
  signIn(['contact_read'])
  show()
  expect(await screen.findByText('Ana Souza')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /Delete contact/ })).toBeNull()
})

it('leads to the note that somebody came for, on a later page as well', async () => {
  const shown = vi.fn()
  Element.prototype.scrollIntoView = shown
  notes = [aNote]
  laterNotes = [{ ...aNote, id: 'o', text: 'Likes blue' }]
  show('/contacts/a#note-o')
  const note = (await screen.findByText('Likes blue')).closest('[role=listitem]')
  expect(note).toHaveAttribute('aria-current', 'true')
  expect(shown).toHaveBeenCalledOnce()
  Reflect.deleteProperty(Element.prototype, 'scrollIntoView') // jsdom has none
})

it('sends the fields that were changed, and tells which one is refused', async () => {
  const user = userEvent.setup()
  show()
  const fields = await screen.findByRole('region', { name: 'Fields' })
  await user.click(within(fields).getByRole('button', { name: 'Edit fields' }))
  const credit = within(fields).getByRole('textbox', { name: /Credit/ })
  await user.clear(credit)
  await user.type(credit, '2000.5')
  await user.click(within(fields).getByRole('combobox', { name: /Regular/ }))
  await user.click(await screen.findByRole('option', { name: 'Yes' }))
  await user.click(within(fields).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked).toMatchObject([{ method: 'PATCH', path: '/api/v1/contacts/a', body: { fields: { limit: '2000.5', regular: true } } }]))
  expect(asked[0]?.headers.get('If-Match')).toBe('"3"')

  await user.click(await within(fields).findByRole('button', { name: 'Edit fields' }))
  await user.type(within(fields).getByRole('textbox', { name: /Site/ }), 'loja')
  refusal = 'validation_failed'
  wrong = [{ field: 'fields.site', code: 'invalid', detail: '' }]
  await user.click(within(fields).getByRole('button', { name: 'Save' }))
  expect(await within(fields).findByText('This is not a value for this field.')).toBeInTheDocument()
  expect(within(fields).getByRole('textbox', { name: /Site/ })).toHaveValue('loja')
})

it('keeps the parts of a number whatever the language writes between', async () => {
  contacts.a = { ...ana, fields: { limit: 1234.5 } }
  const user = userEvent.setup()
  show()
  await i18next.changeLanguage('pt-BR')
  await user.click(await screen.findByRole('button', { name: 'Editar campos' }))
  const credit = screen.getByRole('textbox', { name: /Credit/ })
  expect(credit).toHaveValue('BRL 1234,5')
  await user.type(credit, '7')
  expect(credit).toHaveValue('BRL 1234,57')
  await user.click(screen.getByRole('button', { name: 'Salvar' }))
  await waitFor(() => expect(asked[0]?.body).toEqual({ fields: { limit: '1234.57' } }))
})

it('lets those look who may not change anything', async () => {
  notes = [aNote]
  merges = [{ contactId: 'b', name: 'Ana S.', identities: [], mergedAt: '2026-11-02T10:00:00Z' }]
  lists = [{ id: 'x', name: 'Fair', kind: 'static', since: '2026-11-02T10:00:00Z' }]
  allLists = lists
  signIn(['contact_read'])
  show()
  expect(await screen.findByText('Fair')).toBeInTheDocument()
  expect(await screen.findByText('Prefers mornings')).toBeInTheDocument()
  expect(await screen.findByText(/R\$\s?1,500/)).toBeInTheDocument()
  expect(await screen.findByRole('listitem', { name: 'Ana S.' })).toBeInTheDocument()
  expect(screen.getByText('vip')).toBeInTheDocument()
  expect(screen.queryAllByRole('button', { name: /note|Take apart|Merge|Edit|Restore/ })).toEqual([])
})
