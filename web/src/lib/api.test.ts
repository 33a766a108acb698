import { afterEach, expect, it, vi } from 'vitest'
import { api, ApiError, session } from './api'
import type { Session } from './types'

const signedIn = (accessToken: string): Session => ({
  accessToken,
  expiresInSeconds: 900,
  user: { id: 'u', name: 'Ana', email: 'ana@example.com', role: 'owner' },
  tenant: { id: 't', name: 'Loja' },
  projects: [],
})

afterEach(() => vi.unstubAllGlobals())

function server(refreshes: () => Response) {
  const calls: string[] = []
  vi.stubGlobal('fetch', async (url: string, ask: RequestInit) => {
    calls.push(url)
    if (url.endsWith('/auth/refresh')) return refreshes()
    const bearer = (ask.headers as Record<string, string>).Authorization
    if (bearer === 'Bearer new') return Response.json({ ok: true })
    return Response.json({ code: 'unauthenticated', detail: 'no', traceId: 'abc' }, { status: 401 })
  })
  return calls
}

it('renews an outdated token once for all who need it', async () => {
  session.begin(signedIn('old'))
  const calls = server(() => Response.json(signedIn('new')))
  await expect(Promise.all([api('/a'), api('/b'), api('/c')])).resolves.toHaveLength(3)
  expect(calls.filter((url) => url.endsWith('/auth/refresh'))).toHaveLength(1)
})

it('is signed out when there is nothing to renew, and tells why', async () => {
  session.begin(signedIn('old'))
  server(() => Response.json({ code: 'sign_in_over' }, { status: 401 }))
  await expect(api('/a')).rejects.toMatchObject({ status: 401, code: 'unauthenticated', traceId: 'abc' } satisfies Partial<ApiError>)
  expect(session.get().state).toBe('out')
})
