import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query'
import { keys } from './keys'
import type { Chat, Message, MessageStatus, Page } from './types'

export type Pages<T> = InfiniteData<Page<T>, string | null>

/** How far a message of ours has got. Receipts arrive in any order, so a status never goes back. */
const PROGRESS: Record<MessageStatus, number> = {
  received: 0,
  queued: 1,
  sending: 2,
  unknown: 3,
  failed: 3,
  sent: 4,
  delivered: 5,
  read: 6,
  played: 7,
}

export function furtherStatus(now: MessageStatus, next: MessageStatus): MessageStatus {
  return PROGRESS[next] >= PROGRESS[now] ? next : now
}

/** Times are compared as times: as texts `…41Z` would come after `…41.5Z`. */
const later = (a: string, b: string) => Date.parse(a) - Date.parse(b)

const newestFirst = (a: Message, b: Message) => later(b.sentAt, a.sentAt) || b.id.localeCompare(a.id)

/** Puts a message where it belongs; one that is older than all that was loaded stays away until it is scrolled to. */
export function withMessage(pages: Pages<Message>, message: Message): Pages<Message> {
  const known = pages.pages.some((page) => page.items.some((item) => item.id === message.id))
  if (known) {
    return mapItems(pages, (item) =>
      item.id === message.id ? { ...message, status: furtherStatus(item.status, message.status) } : item,
    )
  }
  const last = pages.pages.length - 1
  const home = pages.pages.findIndex((page, at) => {
    const oldest = page.items.at(-1)
    const whole = at === last && page.nextCursor === null
    return whole || (oldest !== undefined && newestFirst(message, oldest) <= 0)
  })
  if (home < 0) return pages
  return {
    ...pages,
    pages: pages.pages.map((page, at) =>
      at === home ? { ...page, items: [...page.items, message].sort(newestFirst) } : page,
    ),
  }
}

export function mapItems<T>(pages: Pages<T>, change: (item: T) => T): Pages<T> {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map(change) })) }
}

type ListQuery = { filter: string; q: string; channelId: string }

/** A list of chats after one of them changed: on its new place, or new, or left out if it does not belong there. */
export function withChat(pages: Pages<Chat>, chat: Chat, { filter, q, channelId }: ListQuery): Pages<Chat> {
  const present = pages.pages.some((page) => page.items.some((item) => item.id === chat.id))
  // Whoever reads an unread chat keeps seeing it; and only the server knows what a search finds.
  const belongs = present || (q === '' && (filter !== 'unread' || chat.unreadCount > 0) && (!channelId || channelId === chat.channelId))
  if (!belongs) return pages
  const without = pages.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== chat.id) }))
  const last = without.length - 1
  const home = without.findIndex((page, at) => {
    const oldest = page.items.at(-1)
    return (at === last && page.nextCursor === null) || (oldest !== undefined && later(oldest.lastActivityAt, chat.lastActivityAt) <= 0)
  })
  if (home < 0) return present ? { ...pages, pages: without } : pages
  return {
    ...pages,
    pages: without.map((page, at) => {
      if (at !== home) return page
      const items = [...page.items]
      const before = items.findIndex((item) => later(item.lastActivityAt, chat.lastActivityAt) <= 0)
      items.splice(before < 0 ? items.length : before, 0, chat)
      return { ...page, items }
    }),
  }
}

export function putMessage(client: QueryClient, message: Message) {
  client.setQueryData<Pages<Message>>(keys.messages(message.chatId), (pages) => pages && withMessage(pages, message))
}

export function putChat(client: QueryClient, chat: Chat) {
  client.setQueryData<Chat>(keys.chat(chat.id), chat)
  for (const [key] of client.getQueriesData<Pages<Chat>>({ queryKey: keys.chats })) {
    client.setQueryData<Pages<Chat>>(key, (pages) => pages && withChat(pages, chat, listQuery(key)))
  }
}

export function changeChat(client: QueryClient, id: string, change: (chat: Chat) => Chat) {
  client.setQueryData<Chat>(keys.chat(id), (chat) => chat && change(chat))
  client.setQueriesData<Pages<Chat>>(
    { queryKey: keys.chats },
    (pages) => pages && mapItems(pages, (item) => (item.id === id ? change(item) : item)),
  )
}

export function changeMessage(client: QueryClient, chatId: string, id: string, change: (message: Message) => Message) {
  client.setQueryData<Pages<Message>>(
    keys.messages(chatId),
    (pages) => pages && mapItems(pages, (item) => (item.id === id ? change(item) : item)),
  )
}

function listQuery(key: QueryKey): ListQuery {
  return key[1] as ListQuery
}
