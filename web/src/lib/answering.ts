import { useMemo, useSyncExternalStore } from 'react'
import { session } from './api'

/** They say it again while it goes on, every few seconds. */
const SHOWN_FOR_MS = 10_000

/** By chat, and in it by who answers (a user's id, or a program's name). */
const answering = new Map<string, Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>>()
const listeners = new Set<() => void>()
const tell = () => listeners.forEach((listener) => listener())

function over(chatId: string, who: string) {
  const inChat = answering.get(chatId)
  clearTimeout(inChat?.get(who)?.timer)
  if (!inChat?.delete(who)) return
  if (inChat.size === 0) answering.delete(chatId)
  tell()
}

function names(chatId: string) {
  return [...(answering.get(chatId)?.values() ?? [])].map(({ name }) => name).join('\n')
}

/** Which colleagues are writing in a chat right now; what one writes oneself is no news. */
export const colleagues = {
  heard(chatId: string, userId: string, name: string, typing: boolean) {
    const signedIn = session.get()
    if (signedIn.state === 'in' && signedIn.session.user.id === userId) return
    const who = userId || name
    if (!typing) return over(chatId, who)
    const inChat = answering.get(chatId) ?? new Map()
    const before = inChat.get(who)
    clearTimeout(before?.timer)
    inChat.set(who, { name, timer: setTimeout(() => over(chatId, who), SHOWN_FOR_MS) })
    answering.set(chatId, inChat)
    if (before?.name !== name) tell()
  },
}

/** The names of the colleagues who are answering in a chat. */
export function useAnswering(chatId: string): string[] {
  const joined = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => names(chatId),
  )
  return useMemo(() => (joined ? joined.split('\n') : []), [joined])
}
