import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { aChat, aMessage } from '@/testing/samples'
import { furtherStatus, withChat, withMessage, type Pages } from './cache'
import { eventReader } from './events'
import { keys } from './keys'
import type { Chat, Message } from './types'

const pages = <T,>(items: T[], nextCursor: string | null = null): Pages<T> => ({ pages: [{ items, nextCursor }], pageParams: [null] })
const EVERYTHING = { filter: 'all', q: '', channelId: '' }

it('never takes a status back', () => {
  expect(furtherStatus('read', 'delivered')).toBe('read')
  expect(furtherStatus('unknown', 'sent')).toBe('sent')
})

it('puts a late message on its place and an outdated one nowhere', () => {
  const older = { ...aMessage, id: 'a', sentAt: '2026-11-24T09:00:00Z' }
  const newer = { ...aMessage, id: 'c', sentAt: '2026-11-24T11:00:00Z' }
  const between = { ...aMessage, id: 'b' }
  expect(withMessage(pages<Message>([newer, older]), between).pages[0]!.items.map((item) => item.id)).toEqual(['c', 'b', 'a'])
  expect(withMessage(pages<Message>([newer], 'more'), older).pages[0]!.items).toHaveLength(1)
})

it('moves a chat to where its activity belongs, and keeps it out of a list that it is not of', () => {
  const other = { ...aChat, id: 'other', lastActivityAt: '2026-11-24T11:00:00Z' }
  const moved = { ...aChat, lastActivityAt: '2026-11-24T12:00:00Z' }
  expect(withChat(pages<Chat>([other, aChat]), moved, EVERYTHING).pages[0]!.items.map((item) => item.id)).toEqual(['chat', 'other'])
  expect(withChat(pages<Chat>([other]), aChat, { ...EVERYTHING, filter: 'unread' }).pages[0]!.items).toHaveLength(1)
})

it('turns a receipt into a tick, in the conversation and in the list', () => {
  const client = new QueryClient()
  const message: Message = { ...aMessage, direction: 'outbound', status: 'sent' }
  const chat: Chat = {
    ...aChat,
    lastMessage: { id: 'message', direction: 'outbound', type: 'text', preview: 'Oi', sentAt: message.sentAt, status: 'sent', authorName: null },
  }
  client.setQueryData(keys.messages('chat'), pages([message]))
  client.setQueryData(keys.chatList('all', '', ''), pages([chat]))
  eventReader(client)({
    position: 1,
    type: 'message.read',
    occurredAt: '',
    aggregateType: 'message',
    aggregateId: 'message',
    data: { messageId: 'message', chatId: 'chat', at: '2026-11-24T10:01:00Z' },
  })
  expect(client.getQueryData<Pages<Message>>(keys.messages('chat'))!.pages[0]!.items[0]!.status).toBe('read')
  expect(client.getQueryData<Pages<Chat>>(keys.chatList('all', '', ''))!.pages[0]!.items[0]!.lastMessage!.status).toBe('read')
})
