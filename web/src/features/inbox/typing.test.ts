import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { teller } from './typing'

const said: boolean[] = []

beforeEach(() => {
  vi.useFakeTimers()
  said.length = 0
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    said.push((JSON.parse(body) as { typing: boolean }).typing)
    return Promise.resolve(new Response(null, { status: 204 }))
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const flush = () => vi.advanceTimersByTimeAsync(0)

test('who types says so at once, again after a while, and that it is over', async () => {
  const typing = teller('c1')
  for (let key = 0; key < 10; key++) {
    typing.typed('Bom dia')
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(said).toEqual([true, true, true])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(said).toEqual([true, true, true, false])
})

test('what is sent or taken away again is no longer typed, and is said once', async () => {
  const typing = teller('c1')
  typing.typed('B')
  typing.stopped()
  typing.stopped()
  typing.typed('Bo')
  typing.typed('')
  await flush()
  expect(said).toEqual([true, false, true, false])
})

test('a server that is away disturbs nobody', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('away')))
  const typing = teller('c1')
  typing.typed('B')
  typing.stopped()
  await flush()
})
