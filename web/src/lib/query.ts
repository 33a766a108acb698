import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api'

const TRIES = 2
const FRESH_FOR_MS = 30_000

/** Answers of the server; live events keep them right, so they are rarely asked for again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_FOR_MS,
      retry: (failures, error) =>
        failures < TRIES && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
    },
  },
})
