import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, ApiError, request } from '@/lib/api'
import { call, seen, type Schema } from '@/lib/client'
import { keys } from '@/lib/keys'
import type { Channel, Page } from '@/lib/types'

export type NewChannel = {
  projectId?: string
  name: string
  type: 'waha'
  waha: { url: string; session: string; apiKey?: string; hmacSecret: string }
}

/** As the server demands. */
export const SHORTEST_HMAC_SECRET = 16

/** A code lives for twenty seconds; a new one shows well before somebody has found the camera. */
const QR_PAUSE_MS = 4_000

export const useChannels = () =>
  useQuery({ queryKey: keys.channels, queryFn: ({ signal }) => api<Page<Channel>>('/channels?limit=100', { signal }) })

export const useArchivedChannels = (wanted: boolean) =>
  useQuery({
    queryKey: keys.archivedChannels,
    enabled: wanted,
    queryFn: ({ signal }) => api<Page<Channel>>('/channels?archived=true&limit=100', { signal }),
  })

export const useChannel = (id: string) =>
  useQuery({ queryKey: keys.channel(id), queryFn: ({ signal }) => api<Channel>(`/channels/${id}`, { signal }) })

export function useCreateChannel() {
  const client = useQueryClient()
  return useMutation({
    // The key belongs to what was filled in: a second click on the same form is the same channel.
    mutationFn: ({ channel, key }: { channel: NewChannel; key: string }) =>
      api<Channel>('/channels', { method: 'POST', body: channel, headers: { 'Idempotency-Key': key } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.channels }),
  })
}

export function useRotateWebhookKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api<Channel>(`/channels/${id}/webhook-key`, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.channels }),
  })
}

function useChange<Given, Answer>(work: (given: Given) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: work, onSettled: () => client.invalidateQueries({ queryKey: keys.channels }) })
}

/** What may be said of a channel; null where it says that the project, or nobody, decides. */
export type ChannelChange = Omit<Schema<'ChannelChange'>, 'sessionTimeoutMinutes' | 'defaultPipelineId'> & {
  sessionTimeoutMinutes?: number | null
  defaultPipelineId?: string | null
}

export function useChangeChannel() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version, change }: { id: string; version: number; change: ChannelChange }) =>
      call('patch', '/channels/{id}', { path: { id }, header: seen({ version }), body: change }) as Promise<Channel>,
    onSuccess: (changed) => client.setQueryData(keys.channel(changed.id), changed),
    onSettled: () => client.invalidateQueries({ queryKey: keys.channels }),
  })
}

export const useArchive = () => useChange((id: string) => call('delete', '/channels/{id}', { path: { id } }))

export const useRestore = () => useChange((id: string) => call('post', '/channels/{id}/restore', { path: { id } }))

export const useConnect = () => useChange((id: string) => api<Channel>(`/channels/${id}/connect`, { method: 'POST' }))

export const useDisconnect = () =>
  useChange(({ id, logOut }: { id: string; logOut: boolean }) =>
    api<Channel>(`/channels/${id}/disconnect`, { method: 'POST', body: { logOut } }),
  )

export const usePairingCode = () =>
  useMutation({
    mutationFn: ({ id, phone }: { id: string; phone: string }) =>
      api<{ code: string }>(`/channels/${id}/pairing-code`, { method: 'POST', body: { phone } }),
  })

/** The picture that the phone scans, asked for again and again while it is looked at, and never kept. */
export function useQr(id: string, wanted: boolean) {
  const client = useQueryClient()
  return useQuery({
    queryKey: keys.qr(id),
    queryFn: async ({ signal }) => {
      try {
        const answer = await request(`/channels/${id}/qr`, { signal, headers: { Accept: 'image/png, application/problem+json' } })
        const bytes = new Uint8Array(await answer.arrayBuffer())
        return `data:image/png;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
      } catch (refused) {
        // It does not wait for a phone: how it is now, the server has just found out.
        if (refused instanceof ApiError && refused.code === 'channel_not_pairing') void client.invalidateQueries({ queryKey: keys.channels })
        throw refused
      }
    },
    enabled: wanted,
    refetchInterval: QR_PAUSE_MS,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
}
