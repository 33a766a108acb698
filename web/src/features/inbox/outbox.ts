import { useSyncExternalStore } from 'react'
import { api, ApiError, randomId } from '@/lib/api'
import { putMessage } from '@/lib/cache'
import { wording } from '@/lib/problem'
import { queryClient } from '@/lib/query'
import { sending } from '@/lib/sending'
import type { Message } from '@/lib/types'

/** A message that the server has not confirmed to have. Its key makes every further try the same message. */
export type Unconfirmed = {
  key: string
  chatId: string
  text: string
  content: Record<string, unknown>
  replyTo: Message | null
  at: string
  problem: string | null
}

let all: readonly Unconfirmed[] = []
const listeners = new Set<() => void>()
/** Messages of one chat go one after the other, or they would overtake each other. */
const lastOf = new Map<string, Promise<void>>()

function become(next: readonly Unconfirmed[]) {
  all = next
  listeners.forEach((listener) => listener())
}

async function post(message: Unconfirmed) {
  become(all.map((one) => (one.key === message.key ? { ...one, problem: null } : one)))
  try {
    const sent = await api<Message>('/messages', {
      method: 'POST',
      headers: { 'Idempotency-Key': message.key },
      body: { chatId: message.chatId, ...message.content, ...(message.replyTo ? { replyToMessageId: message.replyTo.id } : {}) },
    })
    putMessage(queryClient, sent)
    become(all.filter((one) => one.key !== message.key))
  } catch (failed) {
    const problem = wording(failed instanceof Error ? failed : new ApiError(0, 'unreachable', ''))
    become(all.map((one) => (one.key === message.key ? { ...one, problem } : one)))
  }
}

function queue(message: Unconfirmed) {
  const before = lastOf.get(message.chatId) ?? Promise.resolve()
  const sent = before.then(() => post(message))
  lastOf.set(message.chatId, sent)
  void sending.track(message.chatId, sent)
}

export const outbox = {
  /** A text, or other content that the text names until the server has it. */
  send(chatId: string, text: string, replyTo: Message | null, content: Record<string, unknown> = { text }) {
    const message: Unconfirmed = { key: randomId(), chatId, text, content, replyTo, at: new Date().toISOString(), problem: null }
    become([...all, message])
    queue(message)
  },
  retry: queue,
  discard: (message: Unconfirmed) => become(all.filter((one) => one.key !== message.key)),
}

export function useUnconfirmed(): readonly Unconfirmed[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => all,
  )
}
