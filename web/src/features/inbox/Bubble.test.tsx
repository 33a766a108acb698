import { MantineProvider } from '@mantine/core'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { i18next } from '@/lib/i18n'
import type { Message, MessageStatus, MessageType } from '@/lib/types'
import { ptBR } from '@/lib/words/pt-BR'
import { aChat, aMessage } from '@/testing/samples'
import { Bubble } from './Bubble'

beforeAll(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  return void i18next.changeLanguage('pt-BR')
})
afterEach(cleanup)

function show(message: Partial<Message>) {
  render(
    <MantineProvider>
      <Bubble message={{ ...aMessage, ...message }} chat={aChat} first />
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
