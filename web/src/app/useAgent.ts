import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, ApiError } from '@/lib/api'
import { keys } from '@/lib/keys'
import { useMay } from '@/lib/session'
import type { Agent, Availability } from '@/lib/types'

/** After five minutes without a sign of life the server takes somebody for offline. */
const SIGN_OF_LIFE_MS = 60_000

/** The agent that the one who is signed in is, or null. */
function useAgent() {
  return useQuery({
    queryKey: keys.me,
    enabled: useMay('message_send'),
    queryFn: ({ signal }) =>
      api<Agent>('/agents/me', { signal }).catch((refused: unknown) => {
        if (refused instanceof ApiError && refused.status === 404) return null
        throw refused
      }),
  }).data
}

/** How available somebody is, and the way to say it; undefined for those who take no sessions. */
export function useAvailability() {
  const client = useQueryClient()
  const agent = useAgent()
  const say = useMutation({
    mutationFn: (availability: Availability) =>
      api<Agent>('/agents/me/availability', { method: 'POST', body: { availability } }),
    onSuccess: (said) => client.setQueryData(keys.me, said),
  })
  return agent ? { now: agent.availability, say: (availability: Availability) => say.mutate(availability) } : undefined
}

/** Tells the server that somebody is here, for as long as they say that they are. */
export function useSignOfLife() {
  const here = (useAgent()?.availability ?? 'offline') !== 'offline'
  useEffect(() => {
    if (!here) return
    // One that gets lost is made up for by the next.
    const tell = () => void api('/agents/me/seen', { method: 'POST' }).catch(() => undefined)
    tell()
    const timer = setInterval(tell, SIGN_OF_LIFE_MS)
    return () => clearInterval(timer)
  }, [here])
}
