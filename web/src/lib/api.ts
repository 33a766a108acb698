import type { Session } from './types'

/** A refusal of the server (problem+json), or no answer at all (code `unreachable`). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: { field: string; code?: string; detail?: string }[] = [],
    readonly traceId: string | null = null,
  ) {
    super(detail || code)
    this.name = 'ApiError'
  }
}

export type SignedIn = { state: 'unknown' } | { state: 'out' } | { state: 'in'; session: Session }

// Only in memory: what a script can read from storage, an injected script can steal.
let signedIn: SignedIn = { state: 'unknown' }
let refreshing: Promise<boolean> | null = null
const listeners = new Set<() => void>()

export const session = {
  get: () => signedIn,
  begin: (next: Session) => change({ state: 'in', session: next }),
  end: () => change({ state: 'out' }),
  forget: () => change({ state: 'unknown' }),
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}

function change(next: SignedIn) {
  signedIn = next
  listeners.forEach((listener) => listener())
}

const API = '/api/v1'

function token() {
  return signedIn.state === 'in' ? signedIn.session.accessToken : null
}

async function answer(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Partial<ApiError>
  return new ApiError(
    response.status,
    body.code ?? `http_${response.status}`,
    body.detail ?? response.statusText,
    body.errors ?? [],
    body.traceId ?? null,
  )
}

/** The refresh token is good once, so tabs of one browser take turns where they can. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return typeof navigator !== 'undefined' && navigator.locks ? navigator.locks.request('crm-refresh', work) : work()
}

/** True when there is a new access token; callers at the same time share one request. */
export function refresh(): Promise<boolean> {
  refreshing ??= inTurn(async () => {
    const response = await fetch(`${API}/auth/refresh`, {
      method: 'POST',
      headers: { 'X-Requested-With': 'ventros' },
      credentials: 'same-origin',
    }).catch(() => null)
    if (response?.ok) {
      session.begin((await response.json()) as Session)
      return true
    }
    // A server that cannot be reached or is ill says nothing about who is signed in.
    if (response && response.status < 500 && response.status !== 429) session.end()
    return false
  }).finally(() => {
    refreshing = null
  })
  return refreshing
}

/** `file` is a body that is sent as it is. */
type Ask = { method?: string; body?: unknown; file?: Blob; headers?: Record<string, string>; signal?: AbortSignal }

/** One request with the access token; an outdated token is renewed once, unseen. */
export async function request(path: string, ask: Ask = {}): Promise<Response> {
  const once = (bearer: string | null) =>
    fetch(API + path, {
      method: ask.method ?? 'GET',
      credentials: 'same-origin',
      signal: ask.signal,
      headers: {
        Accept: 'application/json',
        'X-Requested-With': 'ventros',
        ...(ask.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(ask.file === undefined ? {} : { 'Content-Type': ask.file.type || 'application/octet-stream' }),
        ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
        ...ask.headers,
      },
      body: ask.file ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body)),
    }).catch((failed: unknown) => {
      if (ask.signal?.aborted) throw failed
      throw new ApiError(0, 'unreachable', '')
    })

  const used = token()
  let response = await once(used)
  if (response.status === 401 && used !== null) {
    // Somebody else may have renewed it while this request was on its way.
    const renewed = token() !== used ? token() !== null : await refresh()
    if (renewed) response = await once(token())
  }
  if (!response.ok) throw await answer(response)
  return response
}

export async function api<T>(path: string, ask: Ask = {}): Promise<T> {
  const response = await request(path, ask)
  return (response.status === 204 ? undefined : await response.json()) as T
}

/** `?a=1&b=2` without what is missing. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

/** `crypto.randomUUID` exists on secure pages only, and the app may run on plain http in a local network. */
export function randomId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
