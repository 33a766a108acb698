import { useSyncExternalStore } from 'react'

export type Activity = { participant: string; doing: 'typing' | 'recording' }

/** WhatsApp repeats it while it goes on, and does not always say when it is over. */
const SHOWN_FOR_MS = 10_000

const activities = new Map<string, Activity>()
const timers = new Map<string, ReturnType<typeof setTimeout>>()
const listeners = new Set<() => void>()

function over(chatId: string) {
  clearTimeout(timers.get(chatId))
  if (activities.delete(chatId)) listeners.forEach((listener) => listener())
}

export const presence = {
  heard(chatId: string, participant: string, state: string) {
    const said = state.toLowerCase()
    if (said !== 'typing' && said !== 'recording') return over(chatId)
    clearTimeout(timers.get(chatId))
    timers.set(chatId, setTimeout(() => over(chatId), SHOWN_FOR_MS))
    const before = activities.get(chatId)
    if (before?.doing === said && before.participant === participant) return
    activities.set(chatId, { participant, doing: said })
    listeners.forEach((listener) => listener())
  },
  over,
  get: (chatId: string) => activities.get(chatId),
}

/** What somebody on the other side is doing right now. */
export function useActivity(chatId: string): Activity | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => presence.get(chatId),
  )
}
