import { QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'
import { aChat } from '@/testing/samples'
import { signIn } from '@/testing/signIn'
import { api } from './api'
import { keys } from './keys'
import { live } from './live'
import { queryClient } from './query'
import type { Chat } from './types'

afterEach(() => {
  queryClient.clear()
  vi.unstubAllGlobals()
})

it.each(['ready', 'reset'])('reads again what was loaded before the stream is %s', async (begins) => {
  signIn()
  let unreadCount = 0
  let tell = (_frame: string) => {}
  vi.stubGlobal('fetch', async (url: string) => {
    if (!url.endsWith('/stream')) return Response.json({ ...aChat, unreadCount })
    const told = new ReadableStream<string>({ start: (stream) => void (tell = (frame) => stream.enqueue(frame)) })
    return new Response(told.pipeThrough(new TextEncoderStream()))
  })
  const chat = new QueryObserver(queryClient, { queryKey: keys.chat('chat'), queryFn: () => api<Chat>('/chats/chat') })
  const close = chat.subscribe(() => undefined)
  await vi.waitFor(() => expect(chat.getCurrentResult().data?.unreadCount).toBe(0))
  unreadCount = 3
  const stop = live.start()
  await vi.waitFor(() => {
    tell(`id: 7\nevent: ${begins}\ndata: {"position":7}\n\n`)
    expect(chat.getCurrentResult().data?.unreadCount).toBe(3)
  })
  stop()
  close()
})
