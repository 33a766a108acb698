import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/api'
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

export const useChannels = () =>
  useQuery({ queryKey: keys.channels, queryFn: ({ signal }) => api<Page<Channel>>('/channels?limit=100', { signal }) })

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
