import { InfiniteQueryObserver, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { aChat, aMessage } from '@/testing/samples'
import { api } from './api'
import { eventReader } from './events'
import { keys } from './keys'
import { Answers } from './query'
import type { Chat, Message, Page } from './types'

/** Longer than bursts of events are gathered. */
const GATHERED_MS = 300
const CONVERSATION = '/api/v1/chats/chat/messages'
const MESSAGE = '/api/v1/messages/message'
const CHAT = '/api/v1/chats/chat'

beforeEach(() => void vi.useFakeTimers())

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A server that answers when it is told to, with what it knew when it was asked. */
function server(now: (url: string) => unknown) {
  const requests: { url: string; answer: () => void }[] = []
  vi.stubGlobal('fetch', (url: string) => {
    const known = structuredClone(now(url))
    return new Promise((answer) => requests.push({ url, answer: () => answer(Response.json(known)) }))
  })
  const of = (url: string) => requests.filter((request) => request.url === url)
  return {
    asked: (url: string, times: number) => vi.waitFor(() => expect(of(url)).toHaveLength(times)),
    answers: (url: string, which: number) => of(url)[which]!.answer(),
  }
}

function open(client: Answers) {
  const conversation = new InfiniteQueryObserver(client, {
    queryKey: keys.messages('chat'),
    queryFn: ({ pageParam }) => api<Page<Message>>(`/chats/chat/messages${pageParam}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    staleTime: Infinity,
  })
  conversation.subscribe(() => undefined)
  return conversation
}

const page = (message: Partial<Message>, nextCursor: string | null = null): Page<Message> => ({ items: [{ ...aMessage, ...message }], nextCursor })

const shown = (client: Answers) =>
  client.getQueryData<{ pages: Page<Message>[] }>(keys.messages('chat'))?.pages.flatMap(({ items }) => items) ?? []

const news = (type: string) => ({
  position: 1,
  type,
  occurredAt: '',
  aggregateType: 'message',
  aggregateId: 'message',
  data: { messageId: 'message', chatId: 'chat' },
})

it.each([
  ['message.read', { status: 'sent' }, { status: 'read' }],
  ['message.media_stored', { text: 'without' }, { text: 'with its file' }],
] as const)('shows %s that came while the conversation was being opened', async (type, before, after) => {
  const client = new Answers()
  let message: Partial<Message> = before
  const { asked, answers } = server((url) => (url === CHAT ? aChat : page({ direction: 'outbound', ...message })))
  open(client)
  await asked(CONVERSATION, 1)
  message = after
  eventReader(client)(news(type))
  await vi.advanceTimersByTimeAsync(GATHERED_MS)
  answers(CONVERSATION, 0)
  await asked(CONVERSATION, 2)
  expect(shown(client)[0]).toMatchObject(before)
  answers(CONVERSATION, 1)
  await vi.waitFor(() => expect(shown(client)[0]).toMatchObject(after))
})

it('reads once more, however often it was outdated, what is read for the first time', async () => {
  const client = new Answers()
  let unreadCount = 0
  const { asked, answers } = server(() => ({ ...aChat, unreadCount }))
  const chat = new QueryObserver(client, { queryKey: keys.chat('chat'), queryFn: () => api<Chat>('/chats/chat') })
  chat.subscribe(() => undefined)
  await asked(CHAT, 1)
  unreadCount = 3
  void client.invalidateQueries()
  void client.invalidateQueries({ queryKey: keys.chat('chat') })
  answers(CHAT, 0)
  await asked(CHAT, 2)
  answers(CHAT, 1)
  await vi.waitFor(() => expect(chat.getCurrentResult()).toMatchObject({ isFetching: false, data: { unreadCount: 3 } }))
  await asked(CHAT, 2)
})

it('lets a further page come before it reads all of them again', async () => {
  const client = new Answers()
  client.setQueryData(keys.messages('chat'), { pages: [page({ text: 'Oi' }, '?older')], pageParams: [''] })
  const { asked, answers } = server((url) => (url === CONVERSATION ? page({ text: 'Olá' }, '?older') : page({ id: 'older', sentAt: '2026-11-24T09:00:00Z' })))
  void open(client).fetchNextPage()
  await asked(`${CONVERSATION}?older`, 1)
  void client.invalidateQueries({ queryKey: keys.messages('chat') })
  answers(`${CONVERSATION}?older`, 0)
  await asked(CONVERSATION, 1)
  expect(shown(client).map(({ text, id }) => [id, text])).toEqual([['message', 'Oi'], ['older', aMessage.text]])
  answers(CONVERSATION, 0)
  await asked(`${CONVERSATION}?older`, 2)
  answers(`${CONVERSATION}?older`, 1)
  await vi.waitFor(() => expect(shown(client).map(({ text }) => text)).toEqual(['Olá', aMessage.text]))
})

it('reads all of them again also where the further page is asked for twice', async () => {
  const client = new Answers()
  client.setQueryData(keys.messages('chat'), { pages: [page({ text: 'Oi' }, '?older')], pageParams: [''] })
  const { asked, answers } = server((url) => (url === CONVERSATION ? page({ text: 'Olá' }) : page({ id: 'older', sentAt: '2026-11-24T09:00:00Z' })))
  const conversation = open(client)
  void conversation.fetchNextPage()
  await asked(`${CONVERSATION}?older`, 1)
  void client.invalidateQueries({ queryKey: keys.messages('chat') })
  void conversation.fetchNextPage()
  await asked(`${CONVERSATION}?older`, 2)
  answers(`${CONVERSATION}?older`, 1)
  await asked(CONVERSATION, 1)
  answers(CONVERSATION, 0)
  await vi.waitFor(() => expect(shown(client).map(({ text }) => text)).toEqual(['Olá']))
})

it('keeps the later state of a message whose readings are answered in the wrong order', async () => {
  const client = new Answers()
  let text = 'Oi'
  client.setQueryData(keys.messages('chat'), { pages: [page({ text })], pageParams: [''] })
  const { asked, answers } = server((url) => (url === CHAT ? aChat : { ...aMessage, text }))
  const read = eventReader(client)
  for (text of ['Olá', 'Olá!']) {
    read(news('message.edited'))
    await vi.advanceTimersByTimeAsync(GATHERED_MS)
  }
  await asked(MESSAGE, 2)
  answers(MESSAGE, 1)
  await vi.waitFor(() => expect(shown(client)[0]!.text).toBe('Olá!'))
  answers(MESSAGE, 0)
  await vi.advanceTimersByTimeAsync(GATHERED_MS)
  expect(shown(client)[0]!.text).toBe('Olá!')
})
