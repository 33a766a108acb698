import { QueryClient, type InvalidateOptions, type InvalidateQueryFilters, type Query } from '@tanstack/react-query'
import { ApiError } from './api'

const TRIES = 2
const FRESH_FOR_MS = 30_000

/**
 * Reads again what is outdated, also what is just being read: the answer may be from before the change. The library begins such a
 * reading anew, but takes a first one for fresh and drops that of a further page: those are read again when they have come.
 */
export class Answers extends QueryClient {
  private readonly toReadAgain = new WeakSet<Query>()

  override invalidateQueries(filters: InvalidateQueryFilters = {}, options?: InvalidateOptions): Promise<void> {
    const { predicate = () => true } = filters
    const coming = new Set(this.getQueryCache().findAll(filters).filter(isComing))
    coming.forEach((query) => this.readAgain(query))
    return super.invalidateQueries({ ...filters, predicate: (query) => !coming.has(query) && predicate(query) }, options)
  }

  private readAgain(query: Query) {
    if (this.toReadAgain.has(query)) return
    this.toReadAgain.add(query)
    // Also where it failed or was begun anew: the next reading may still be from before.
    void query.promise
      ?.catch(() => undefined)
      .then(() => {
        this.toReadAgain.delete(query)
        return this.invalidateQueries({ queryKey: query.queryKey, exact: true })
      })
  }
}

const isComing = ({ state }: Query) =>
  state.fetchStatus !== 'idle' && (state.data === undefined || state.fetchMeta?.fetchMore !== undefined)

/** Answers of the server; live events keep them right, so they are rarely asked for again. */
export const queryClient = new Answers({
  defaultOptions: {
    queries: {
      staleTime: FRESH_FOR_MS,
      retry: (failures, error) =>
        failures < TRIES && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
    },
  },
})
