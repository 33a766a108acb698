import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/api'
import { call } from '@/lib/client'
import { keys } from '@/lib/keys'
import type { OperationsSummary, QueueState } from '@/lib/types'

/** These numbers have no events, so they are asked for while somebody looks. */
export const AGAIN_AFTER_SECONDS = 3

export const useSummary = () =>
  useQuery({
    queryKey: [...keys.operations, 'summary'],
    queryFn: ({ signal }) => api<OperationsSummary>('/operations/summary', { signal }),
    refetchInterval: AGAIN_AFTER_SECONDS * 1000,
  })

export const useQueues = () =>
  useQuery({
    queryKey: [...keys.operations, 'queues'],
    queryFn: ({ signal }) => api<{ queues: QueueState[] }>('/operations/queues', { signal }),
    refetchInterval: AGAIN_AFTER_SECONDS * 1000,
  })

/** Removes the queue of a consumer that is gone; what it still holds only with `discard`. */
export function useRemoveQueue() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ name, discard }: { name: string; discard: boolean }) =>
      call('delete', '/operations/queues/{name}', { path: { name }, query: { discard } }),
    onSettled: () => client.invalidateQueries({ queryKey: [...keys.operations, 'queues'] }),
  })
}
