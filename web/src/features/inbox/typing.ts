import { useEffect, useMemo } from 'react'
import { api } from '@/lib/api'

/** The server takes it that whoever says nothing for ten seconds has stopped. */
const SAID_AGAIN_AFTER_MS = 4_000
/** Whoever does not touch a key for so long is thinking, or away. */
const OVER_AFTER_MS = 5_000

/** Tells the server that somebody writes in a chat. Nothing waits for it, and what fails is not tried again. */
export function teller(chatId: string, now = Date.now) {
  let saidAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  /** One after the other, or the end might overtake the beginning. */
  let last: Promise<unknown> = Promise.resolve()

  function say(typing: boolean) {
    saidAt = typing ? now() : 0
    last = last.then(() => api(`/chats/${chatId}/typing`, { method: 'POST', body: { typing } }).catch(() => undefined))
  }
  return {
    typed(text: string) {
      if (text.trim() === '') return this.stopped()
      clearTimeout(timer)
      timer = setTimeout(() => this.stopped(), OVER_AFTER_MS)
      if (now() - saidAt >= SAID_AGAIN_AFTER_MS) say(true)
    },
    stopped() {
      clearTimeout(timer)
      if (saidAt > 0) say(false)
    },
  }
}

export function useTyping(chatId: string) {
  const typing = useMemo(() => teller(chatId), [chatId])
  useEffect(() => () => typing.stopped(), [typing])
  return typing
}
