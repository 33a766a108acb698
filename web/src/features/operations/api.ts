import { useQuery } from '@tanstack/react-query'
import { api } from '@/lib/api'
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
