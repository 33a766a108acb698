import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import { aChat, aMessage } from '@/testing/samples'
import { signIn } from '@/testing/signIn'
import { Composer } from './Composer'

const posted: { path: string; body: unknown }[] = []
const replies = [
  { id: '1', shortCode: 'ola', title: 'Saudação', text: 'Olá, {{contact.firstName|cliente}}!', attachments: [], personal: false },
  { id: '2', shortCode: 'tabela', title: 'Tabela', text: null, attachments: [{ fileId: 'f', type: 'document', fileName: 'tabela.pdf' }], personal: true },
]
let filled: unknown

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal('fetch', async (path: string, ask: RequestInit) => {
    if (ask.method !== 'POST') return Response.json({ items: replies, nextCursor: null })
    if (ask.body instanceof File) {
      if (ask.body.size === 0) return Response.json({ code: 'file_empty', detail: '', errors: [] }, { status: 422 })
      return Response.json({ id: ask.body.name, mimeType: ask.body.type, bytes: ask.body.size, sha256: '' }, { status: 201 })
    }
    if (path.endsWith('/typing')) return new Response(null, { status: 204 })
    posted.push({ path, body: JSON.parse(ask.body as string) })
    return path.endsWith('/take') ? Response.json(filled) : Response.json(aMessage, { status: 202 })
  })
  posted.length = 0
  void i18next.changeLanguage('pt-BR')
  signIn()
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <Composer chat={aChat} replyTo={null} onReplyDone={() => {}} onSent={() => {}} />
      </QueryClientProvider>
    </MantineProvider>,
  )
})

afterEach(() => {
  cleanup()
  sessionStorage.clear()
  vi.unstubAllGlobals()
})

it('fills a reply that is chosen by keys, and sends it as it then stands', async () => {
  filled = { text: 'Olá, Beatriz!', attachments: [], missing: [] }
  const text = screen.getByLabelText('Mensagem')
  await userEvent.type(text, '/')
  const first = await screen.findByRole('option', { name: /saudação/i })
  expect(first).toHaveAttribute('aria-selected', 'true')
  expect(text).toHaveAttribute('aria-activedescendant', first.id)
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  await waitFor(() => expect(text).toHaveValue('Olá, Beatriz!'))
  expect(posted).toEqual([{ path: '/api/v1/canned-replies/1/take', body: { chatId: 'chat' } }])
  await userEvent.type(text, ' Tudo bem?{Enter}')
  await waitFor(() => expect(posted[1]?.body).toEqual({ chatId: 'chat', text: 'Olá, Beatriz! Tudo bem?' }))
})

it('closes with Escape, and sends what only looks like a reply', async () => {
  const text = screen.getByLabelText('Mensagem')
  await userEvent.type(text, '/ola')
  await screen.findByRole('listbox')
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('listbox')).toBeNull()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(posted[0]?.body).toEqual({ chatId: 'chat', text: '/ola' }))
})

it('sends the files of a reply', async () => {
  filled = { text: null, attachments: replies[1]!.attachments, missing: [] }
  const text = screen.getByLabelText('Mensagem')
  await userEvent.type(text, '/t')
  await userEvent.click(await screen.findByRole('option', { name: /tabela/i }))
  await screen.findByText('tabela.pdf')
  await userEvent.click(screen.getByRole('button', { name: 'Enviar' }))
  await waitFor(() => expect(posted[1]?.body).toEqual({ chatId: 'chat', document: { fileId: 'f', fileName: 'tabela.pdf' } }))
  expect(screen.queryByText('tabela.pdf')).toBeNull()
})

const filePicker = () => document.querySelector<HTMLInputElement>('input[type=file]')!

it('sends a picture with what is written under it', async () => {
  await userEvent.upload(filePicker(), new File(['x'], 'azul.png', { type: 'image/png' }))
  expect(await screen.findByText('azul.png')).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('Mensagem'), 'Este aqui?')
  await userEvent.click(screen.getByRole('button', { name: 'Enviar' }))
  await waitFor(() => expect(posted.map(({ body }) => body)).toEqual([{ chatId: 'chat', image: { fileId: 'azul.png', caption: 'Este aqui?' } }]))
  expect(screen.queryByText('azul.png')).toBeNull()
  expect(filePicker().value).toBe('')
})

it('sends several files after the words, and none that was taken away or not kept', async () => {
  const text = screen.getByLabelText('Mensagem')
  await userEvent.upload(filePicker(), [
    new File(['x'], 'nota.pdf', { type: 'application/pdf' }),
    new File(['x'], 'errado.png', { type: 'image/png' }),
    new File([], 'vazio.txt', { type: 'text/plain' }),
    new File(['x'], 'hino.mp3', { type: 'audio/mpeg' }),
  ])
  await screen.findByText('hino.mp3')
  expect(screen.queryByText('vazio.txt')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Não enviar errado.png' }))
  await userEvent.type(text, 'Seguem os dois{Enter}')
  await waitFor(() =>
    expect(posted.map(({ body }) => body)).toEqual([
      { chatId: 'chat', text: 'Seguem os dois' },
      { chatId: 'chat', document: { fileId: 'nota.pdf', fileName: 'nota.pdf' } },
      { chatId: 'chat', audio: { fileId: 'hino.mp3' } },
    ]),
  )
})

it('sends no gap that nobody has filled', async () => {
  filled = { text: 'Olá, {{contact.firstName}}', attachments: [], missing: ['contact.firstName'] }
  const text = screen.getByLabelText('Mensagem')
  await userEvent.type(text, '/ola')
  await screen.findAllByRole('option')
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('{{contact.firstName}}')
  await userEvent.keyboard('{Enter}')
  expect(posted).toHaveLength(1)
  await userEvent.clear(text)
  await userEvent.type(text, 'Olá, Bia{Enter}')
  await waitFor(() => expect(posted[1]?.body).toEqual({ chatId: 'chat', text: 'Olá, Bia' }))
})

/** Of what a browser has to record with, as much as the composer asks for. */
class Recorder extends EventTarget {
  static isTypeSupported = (type: string) => type.startsWith('audio/webm')
  state = 'inactive'
  constructor(
    readonly stream: MediaStream,
    readonly options: { mimeType: string },
  ) {
    super()
  }
  get mimeType() {
    return this.options.mimeType
  }
  start() {
    this.state = 'recording'
  }
  stop() {
    this.state = 'inactive'
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob(['sound']) }))
    this.dispatchEvent(new Event('stop'))
  }
}

function microphone(getUserMedia: () => Promise<unknown>) {
  vi.stubGlobal('MediaRecorder', Recorder)
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia }, configurable: true })
}

it('records a voice note and sends it, or does not', async () => {
  const letGo = vi.fn()
  microphone(() => Promise.resolve({ getTracks: () => [{ stop: letGo }] }))
  await userEvent.click(screen.getByRole('button', { name: 'Gravar mensagem de voz' }))
  expect(await screen.findByRole('timer')).toHaveTextContent('0:00')
  await userEvent.click(screen.getByRole('button', { name: 'Descartar gravação' }))
  expect(letGo).toHaveBeenCalledOnce()
  expect(posted).toEqual([])

  await userEvent.click(screen.getByRole('button', { name: 'Gravar mensagem de voz' }))
  const send = await screen.findByRole('button', { name: 'Enviar mensagem de voz' })
  await waitFor(() => expect(send).toHaveFocus())
  await userEvent.click(send)
  await waitFor(() => expect(posted).toEqual([{ path: '/api/v1/messages', body: { chatId: 'chat', voice: { fileId: 'voz.webm' } } }]))
  await waitFor(() => expect(screen.getByLabelText('Mensagem')).toHaveFocus())
})

it('says why nothing is recorded', async () => {
  microphone(() => Promise.reject(new DOMException('', 'NotAllowedError')))
  await userEvent.click(screen.getByRole('button', { name: 'Gravar mensagem de voz' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('não permite usar o microfone')
  vi.stubGlobal('MediaRecorder', { isTypeSupported: () => false })
  await userEvent.click(screen.getByRole('button', { name: 'Gravar mensagem de voz' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('https')
})
