import { useQuery } from '@tanstack/react-query'
import { api, query } from './api'
import { keys } from './keys'
import type { Page, Pipeline } from './types'

/** The pipelines of a project; of the only one when nothing is said. */
export const usePipelines = (projectId = '') =>
  useQuery({
    queryKey: keys.pipelinesOf(projectId),
    queryFn: ({ signal }) => api<Page<Pipeline>>(`/pipelines${query({ projectId })}`, { signal }),
  })
