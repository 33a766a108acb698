import { useSyncExternalStore } from 'react'
import { request, session } from './api'
import { eventReader, type LiveEvent } from './events'
import { frameReader, type Frame } from './frames'
import { queryClient } from './query'

export type Connection = 'connecting' | 'open' | 'lost'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000
/** A connection without a sign of life for this long is dead, whatever the network says. */
const SILENCE_MS = 90_000

let connection: Connection = 'connecting'
const listeners = new Set<() => void>()

function become(next: Connection) {
  if (connection === next) return
  connection = next
  listeners.forEach((listener) => listener())
}

/** Grows with every failure, and differs between browsers so that they don't all come back at once. */
export function waitAfter(failures: number, dice = Math.random()): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
  return longest / 2 + (longest / 2) * dice
}

async function listen(signal: AbortSignal) {
  const read = eventReader(queryClient)
  let position: string | null = null
  let failures = 0

  function take(frame: Frame) {
    if (frame.id) position = frame.id
    if (frame.event === 'ready' || frame.event === 'reset') {
      const start = JSON.parse(frame.data) as { position: number }
      position = String(start.position)
      // What was loaded before the stream began, or what it can no longer tell, may be outdated.
      void queryClient.invalidateQueries()
      return
    }
    read(JSON.parse(frame.data) as LiveEvent)
  }

  while (!signal.aborted && session.get().state === 'in') {
    const attempt = new AbortController()
    const stop = () => attempt.abort()
    signal.addEventListener('abort', stop)
    let silence = setTimeout(stop, SILENCE_MS)
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' }
      if (position !== null) headers['Last-Event-ID'] = position
      const response = await request('/stream', { headers, signal: attempt.signal })
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
      const frames = frameReader()
      become('open')
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        failures = 0
        clearTimeout(silence)
        silence = setTimeout(stop, SILENCE_MS)
        frames(value).forEach(take)
      }
    } catch {
      failures++
      if (!signal.aborted) become('lost')
    } finally {
      clearTimeout(silence)
      signal.removeEventListener('abort', stop)
    }
    if (!signal.aborted) await pause(waitAfter(Math.max(1, failures)), signal)
  }
}

/** Ends early when the network is back or the page is looked at again. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer)
      window.removeEventListener('online', go)
      document.removeEventListener('visibilitychange', seen)
      signal.removeEventListener('abort', go)
      resolve()
    }
    const seen = () => document.visibilityState === 'visible' && go()
    const timer = setTimeout(go, ms)
    window.addEventListener('online', go)
    document.addEventListener('visibilitychange', seen)
    signal.addEventListener('abort', go)
  })
}

export const live = {
  /** Follows the stream until the returned function is called. */
  start() {
    const stop = new AbortController()
    become('connecting')
    void listen(stop.signal)
    return () => stop.abort()
  },
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => connection,
  )
}
