import type { QueryClient } from '@tanstack/react-query'
import { colleagues } from './answering'
import { api } from './api'
import { boards } from './boards'
import { changeChat, changeMessage, furtherStatus, putChat, putMessage } from './cache'
import { keys } from './keys'
import { presence } from './presence'
import { sending } from './sending'
import type { Chat, Message, MessageStatus } from './types'

export type LiveEvent = {
  position: number | string
  type: string
  occurredAt: string
  aggregateType: string
  aggregateId: string
  data: Record<string, unknown>
}

const STATUS_OF: Record<string, MessageStatus> = {
  'message.sent': 'sent',
  'message.delivered': 'delivered',
  'message.read': 'read',
  'message.played': 'played',
  'message.outcome_unknown': 'unknown',
}

/** What happens to a contact in a pipeline. */
const PIPELINE_NEWS = ['contact.entered_pipeline', 'contact.pipeline_status_changed', 'contact.exited_pipeline']

/** Events come in bursts; one look after this while serves them all. */
const GATHER_MS = 250
/** More changed things than this are cheaper to load as a list. */
const ONE_BY_ONE = 8

/**
 * What an event means for what the screens show. Small facts (a tick) are written at once; where an event doesn't tell
 * everything (an unread count, a new message with its quote), the changed thing is read again, once for a whole burst.
 */
export function eventReader(client: QueryClient) {
  const chats = new Set<string>()
  const messages = new Map<string, string>()
  const conversations = new Set<string>()
  const stale = new Map<string, readonly unknown[]>()
  const turns = new Map<string, symbol>()
  let gathering: ReturnType<typeof setTimeout> | null = null

  function later() {
    gathering ??= setTimeout(() => {
      gathering = null
      look()
    }, GATHER_MS)
  }

  function look() {
    const changedChats = [...chats]
    const changedMessages = [...messages]
    const changedKeys = [...stale.values()]
    const whole = new Set(conversations)
    chats.clear()
    messages.clear()
    stale.clear()
    conversations.clear()
    changedKeys.forEach((queryKey) => void client.invalidateQueries({ queryKey }))

    if (changedChats.length > ONE_BY_ONE) {
      void client.invalidateQueries({ queryKey: keys.chats })
      void client.invalidateQueries({ queryKey: ['chat'] })
    } else {
      changedChats.forEach((id) => void reread(`/chats/${id}`, (chat: Chat) => putChat(client, chat)))
    }

    for (const chatId of new Set([...whole, ...changedMessages.map(([, chat]) => chat)])) {
      const changed = changedMessages.filter(([, chat]) => chat === chatId).map(([id]) => id)
      void lookAtMessages(chatId, changed, whole.has(chatId) || changed.length > ONE_BY_ONE)
    }
  }

  async function lookAtMessages(chatId: string, changed: string[], all: boolean) {
    // A message of ours is put here by its sender when the server has answered; not twice.
    await sending.settled(chatId)
    if (all) await client.invalidateQueries({ queryKey: keys.messages(chatId) })
    else changed.forEach((id) => void reread(`/messages/${id}`, (message: Message) => putMessage(client, message)))
  }

  /** The last asked is put, whichever is answered last. */
  async function reread<T>(path: string, put: (thing: T) => void) {
    const turn = Symbol(path)
    turns.set(path, turn)
    try {
      const thing = await api<T>(path)
      if (turns.get(path) === turn) put(thing)
    } catch {
      // a thing that is gone or out of reach keeps its last state
    } finally {
      if (turns.get(path) === turn) turns.delete(path)
    }
  }

  function outdated(queryKey: readonly unknown[]) {
    stale.set(JSON.stringify(queryKey), queryKey)
    later()
  }

  /** What is just being read may be from before the event, and would be put over what the event says. */
  function notFromBefore(queryKey: readonly unknown[]) {
    if (client.isFetching({ queryKey }) > 0) outdated(queryKey)
  }

  function chatNotFromBefore(id: string) {
    ;[keys.chats, keys.chat(id)].forEach(notFromBefore)
  }

  function rereadChat(id: string) {
    chats.add(id)
    later()
    chatNotFromBefore(id)
  }

  function conversationNotFromBefore(chatId: string) {
    if (client.isFetching({ queryKey: keys.messages(chatId) }) === 0) return
    conversations.add(chatId)
    later()
  }

  function rereadMessage(id: string, chatId: string) {
    conversationNotFromBefore(chatId)
    // Nobody has this conversation open: it will be read when somebody opens it.
    if (client.getQueryData(keys.messages(chatId)) === undefined) return
    messages.set(id, chatId)
    later()
  }

  return (event: LiveEvent) => {
    const { type, data } = event
    const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
    const chatId = text('chatId')
    const contactId = text('contactId')

    const status = STATUS_OF[type]
    if (status || type === 'message.failed') {
      const next = status ?? 'failed'
      const id = text('messageId')
      conversationNotFromBefore(chatId)
      chatNotFromBefore(chatId)
      changeMessage(client, chatId, id, (message) => ({
        ...message,
        status: furtherStatus(message.status, next),
        failure: next === 'failed' ? { code: text('code'), detail: text('detail') || null } : message.failure,
        deliveredAt: next === 'delivered' ? text('at') || message.deliveredAt : message.deliveredAt,
        readAt: next === 'read' ? text('at') || message.readAt : message.readAt,
      }))
      changeChat(client, chatId, (chat) =>
        chat.lastMessage?.id === id
          ? { ...chat, lastMessage: { ...chat.lastMessage, status: furtherStatus(chat.lastMessage.status, next) } }
          : chat,
      )
      return
    }

    if (type === 'presence.changed') {
      presence.heard(chatId, text('participant'), text('state'))
      return
    }

    if (type === 'presence.answering') {
      colleagues.heard(chatId, text('userId'), text('name'), data.typing === true)
      return
    }

    if (type.startsWith('message.')) {
      if (type === 'message.created' && text('direction').toLowerCase() === 'inbound') {
        presence.over(chatId)
        // Something that waits may not be sent because of it.
        if (client.getQueryData<{ items: unknown[] }>(keys.scheduled(chatId))?.items.length) outdated(keys.scheduled(chatId))
        notFromBefore(keys.scheduled(chatId))
      }
      rereadMessage(text('messageId'), chatId)
      if (type !== 'message.reacted' && type !== 'message.voted') rereadChat(chatId)
      if (contactId) outdated(keys.timeline(contactId))
    } else if (type === 'chat.read') {
      changeChat(client, chatId, (chat) => ({ ...chat, unreadCount: 0 }))
      rereadChat(chatId) // something may have come after what was read
    } else if (type.startsWith('label.') || type.startsWith('chat.label_')) {
      outdated(keys.labels)
      // A label's name and colour stand with each chat that has it.
      if (chatId) rereadChat(chatId)
      else [keys.chats, ['chat']].forEach(outdated)
    } else if (type.startsWith('chat.')) {
      outdated(keys.chats)
      if (chatId) outdated(keys.chat(chatId))
      if (text('absorbedId')) outdated(keys.chat(text('absorbedId')))
    } else if (type.startsWith('session.')) {
      if (chatId) rereadChat(chatId)
      outdated(keys.session(event.aggregateId))
      if (contactId) outdated(keys.timeline(contactId))
    } else if (type.startsWith('deal.') || PIPELINE_NEWS.includes(type)) {
      const card = data.card as { version: number; statusId: string; rank: string } | undefined
      if (card) boards.heard(text('dealId'), { ...card, gone: type === 'contact.exited_pipeline' })
      outdated(keys.boards)
      if (contactId && !type.startsWith('deal.')) outdated(keys.timeline(contactId))
    } else if (type.startsWith('pipeline.') || type.startsWith('status.')) {
      outdated(keys.pipelines)
      outdated(keys.boards)
    } else if (type.startsWith('contact.')) {
      outdated(keys.contacts)
      outdated(keys.contact(contactId || event.aggregateId))
      // of two that are merged, or taken apart again
      for (const other of [text('absorbedId'), text('otherId')]) if (other) outdated(keys.contact(other))
      outdated(keys.timeline(contactId || event.aggregateId))
      if (['contact.name_changed', 'contact.name_removed', 'contact.merged', 'contact.merge_reversed'].includes(type)) {
        outdated(keys.boards)
        outdated(keys.chats)
        outdated(['chat'])
      }
    } else if (type.startsWith('contact_list.')) {
      outdated(keys.listsOf(contactId))
    } else if (type === 'note.mentioned') {
      outdated(keys.notifications)
      outdated(keys.notes(contactId))
      outdated(keys.timeline(contactId))
    } else if (type.startsWith('notification.')) {
      outdated(keys.notifications) // told, or seen in another tab
    } else if (type.startsWith('scheduled_message.')) {
      if (chatId) outdated(keys.scheduled(chatId))
    } else if (type.startsWith('canned_reply.')) {
      outdated(['canned-replies'])
    } else if (type.startsWith('channel.')) {
      outdated(keys.channels)
    } else if (contactId) {
      outdated(keys.timeline(contactId))
    }
  }
}
