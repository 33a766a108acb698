import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import type { Media, Message, MessageStatus, MessageType } from '@/lib/types'
import { ptBR } from '@/lib/words/pt-BR'
import { aChat, aMessage } from '@/testing/samples'
import { Bubble } from './Bubble'

beforeAll(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  return void i18next.changeLanguage('pt-BR')
})
afterEach(cleanup)

function show(message: Partial<Message>, onTakeBack?: (message: Message) => void, onSendAgain?: (message: Message) => void) {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <Bubble message={{ ...aMessage, ...message }} chat={aChat} first onTakeBack={onTakeBack} onSendAgain={onSendAgain} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  return screen.getByRole('article')
}

const types = (Object.keys(ptBR.type) as MessageType[]).filter((type) => type !== 'text')

it.each(types)('says what a message of the type %s is', (type) => {
  expect(show({ type }).getAttribute('aria-label')).toContain(ptBR.type[type])
})

it.each([
  ['queued', 'na fila'],
  ['sent', 'enviada'],
  ['delivered', 'entregue'],
  ['read', 'lida'],
  ['failed', 'não enviada'],
  ['unknown', 'resultado desconhecido'],
] as [MessageStatus, string][])('marks a message that is %s', (status, name) => {
  show({ direction: 'outbound', status, text: 'Oi' })
  expect(screen.getByRole('img', { name })).toBeInTheDocument()
})

it('offers to take back what still waits, and nothing else', () => {
  const onTakeBack = vi.fn()
  show({ direction: 'outbound', status: 'queued', text: 'Oi' }, onTakeBack)
  screen.getByRole('button', { name: 'Não enviar' }).click()
  expect(onTakeBack).toHaveBeenCalledOnce()
  cleanup()
  show({ direction: 'outbound', status: 'sent', text: 'Oi' }, onTakeBack)
  expect(screen.queryByRole('button', { name: 'Não enviar' })).toBeNull()
})

it('offers to send again what was not delivered, and never what may have been', () => {
  const onSendAgain = vi.fn()
  const ours = { direction: 'outbound', source: 'crm', text: 'Oi' } as const
  show({ ...ours, status: 'failed' }, undefined, onSendAgain)
  screen.getByRole('button', { name: 'Enviar de novo' }).click()
  expect(onSendAgain).toHaveBeenCalledOnce()
  for (const other of [{ status: 'unknown' }, { status: 'failed', sentAgainAs: 'm2' }, { status: 'failed', source: 'phone' }] as const) {
    cleanup()
    show({ ...ours, ...other }, undefined, onSendAgain)
    expect(screen.queryByRole('button', { name: 'Enviar de novo' })).toBeNull()
  }
})

it('shows the text with its marks, and that it was edited', () => {
  show({ text: 'um *dois*', editedAt: aMessage.sentAt })
  expect(screen.getByText('dois').tagName).toBe('STRONG')
  expect(screen.getByText('editada')).toBeInTheDocument()
})

it('shows nothing of what was deleted', () => {
  show({ text: 'segredo', revokedAt: aMessage.sentAt })
  expect(screen.queryByText('segredo')).toBeNull()
  expect(screen.getByText('Esta mensagem foi apagada')).toBeInTheDocument()
})

it('shows reactions, quotes, places, cards and polls', () => {
  show({ text: 'Oi', reactions: [{ emoji: '👍', count: 2, mine: true }], replyTo: { id: null, text: 'antes', type: 'text', direction: 'outbound' } })
  expect(screen.getByRole('img', { name: '👍 de 2' })).toBeInTheDocument()
  expect(screen.getByText('antes')).toBeInTheDocument()
  cleanup()
  show({ type: 'contacts', cards: [{ name: 'Paulo', vcard: 'TEL;type=CELL:+5511999998888' }] })
  expect(screen.getByText('+55 11 99999-8888')).toBeInTheDocument()
  cleanup()
  show({ type: 'poll', poll: { question: 'Quando?', options: [{ text: 'Hoje', votes: 2 }], multipleAnswers: false } })
  expect(screen.getByRole('img', { name: '2 votos' })).toBeInTheDocument()
})

const aFile: Media = { state: 'stored', fileId: 'f', fileName: null, mimeType: 'image/jpeg', bytes: 2048, durationSeconds: null }

/** The server has one file, and this page's addresses are what jsdom lacks. */
function withAFile(status = 200) {
  const asked = vi.fn(async (_: string) => new Response(status === 200 ? 'bytes' : '{}', { status }))
  vi.stubGlobal('fetch', asked)
  vi.stubGlobal('IntersectionObserver', class {
    constructor(private readonly report: (seen: { isIntersecting: boolean }[]) => void) {}
    observe() { this.report([{ isIntersecting: true }]) }
    disconnect() {}
  })
  URL.createObjectURL = () => 'blob:file'
  URL.revokeObjectURL = () => {}
  return asked
}

it('shows a picture that has come into sight, and large when somebody wants it', async () => {
  const asked = withAFile()
  show({ type: 'image', media: aFile })
  const small = await screen.findByRole('button', { name: 'Foto: ampliar' })
  await waitFor(() => expect(small).toBeEnabled())
  expect(asked.mock.calls.map(([path]) => path)).toEqual(['/api/v1/media/f'])
  await userEvent.click(small)
  expect(await screen.findByRole('img', { name: 'Foto' })).toHaveAttribute('src', 'blob:file')
})

it('fetches sound and film only when somebody wants them', async () => {
  const asked = withAFile()
  show({ type: 'voice', media: { ...aFile, durationSeconds: 7 } })
  expect(asked).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Mensagem de voz: reproduzir' }))
  expect(await screen.findByLabelText('Mensagem de voz')).toHaveAttribute('src', 'blob:file')
  cleanup()
  show({ type: 'video', media: aFile })
  await userEvent.click(screen.getByRole('button', { name: 'Vídeo: reproduzir' }))
  expect(await screen.findByLabelText('Vídeo')).toHaveAttribute('src', 'blob:file')
})

it('saves a document under its name', async () => {
  withAFile()
  const saved: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(`${this.download} ${this.href}`)
  })
  show({ type: 'document', media: { ...aFile, fileName: 'nota.pdf' } })
  await userEvent.click(screen.getByRole('button', { name: 'Salvar nota.pdf' }))
  await waitFor(() => expect(saved).toEqual(['nota.pdf blob:file']))
})

it('tells what became of a file that is not here', async () => {
  show({ type: 'image', media: { ...aFile, state: 'available', fileId: null } })
  expect(screen.getByText('Buscando no WhatsApp…')).toBeInTheDocument()
  cleanup()
  show({ type: 'document', media: { ...aFile, state: 'failed', fileId: null } })
  expect(screen.getByText(/não entregou o arquivo/)).toBeInTheDocument()
  cleanup()
  withAFile(404)
  show({ type: 'image', media: aFile })
  expect(await screen.findByRole('button', { name: 'Não chegou. Tentar de novo' })).toBeEnabled()
})
