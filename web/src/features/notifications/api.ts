import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, type Schema } from '@/lib/client'
import { keys } from '@/lib/keys'

export type Notification = Schema<'Notification'>

const PAGE = 20

/** How many the one who is signed in has not seen. */
export const useUnseen = (enabled: boolean) =>
  useQuery({
    queryKey: keys.unseen,
    enabled,
    queryFn: async ({ signal }) => (await call('get', '/notifications/unseen', { signal })).count,
  })

/** Read anew each time that somebody looks: a note may have been deleted since. */
export const useNotifications = () =>
  useInfiniteQuery({
    queryKey: keys.notificationList,
    queryFn: ({ pageParam, signal }) => call('get', '/notifications', { query: { limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  })

function useSeen<Given>(work: (given: Given) => Promise<void>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: work, onSettled: () => client.invalidateQueries({ queryKey: keys.notifications }) })
}

export const useSee = () => useSeen((id: string) => call('post', '/notifications/{id}/seen', { path: { id } }))

export const useSeeAll = () => useSeen((_: void) => call('post', '/notifications/seen'))
