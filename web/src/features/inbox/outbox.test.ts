import { act, renderHook, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { session } from '@/lib/api'
import { aMessage } from '@/testing/samples'
import { outbox, useUnconfirmed } from './outbox'

afterEach(() => vi.unstubAllGlobals())

it('tries a message again under the key it had', async () => {
  const keys: string[] = []
  vi.stubGlobal('fetch', async (_: string, ask: RequestInit) => {
    keys.push((ask.headers as Record<string, string>)['Idempotency-Key']!)
    return keys.length === 1 ? Response.json({ code: 'unavailable' }, { status: 503 }) : Response.json(aMessage, { status: 202 })
  })
  session.end()
  const { result } = renderHook(useUnconfirmed)
  act(() => outbox.send('chat', 'Oi', null))
  await waitFor(() => expect(result.current[0]?.problem).toBeTruthy())
  act(() => outbox.retry(result.current[0]!))
  await waitFor(() => expect(result.current).toHaveLength(0))
  expect(keys).toHaveLength(2)
  expect(keys[1]).toBe(keys[0])
})
