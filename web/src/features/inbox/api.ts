import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api, query } from '@/lib/api'
import { changeChat } from '@/lib/cache'
import { keys } from '@/lib/keys'
import type { CannedReply, Channel, Chat, FilledReply, Message, Page } from '@/lib/types'

export type Filter = 'all' | 'unread'

export const useChats = (filter: Filter, q: string, channelId: string) =>
  useInfiniteQuery({
    queryKey: keys.chatList(filter, q, channelId),
    queryFn: ({ pageParam, signal }) =>
      api<Page<Chat>>(`/chats${query({ filter, q, channelId, cursor: pageParam, limit: 50 })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })

export const useChat = (id: string) =>
  useQuery({ queryKey: keys.chat(id), queryFn: ({ signal }) => api<Chat>(`/chats/${id}`, { signal }) })

export const useMessages = (chatId: string) =>
  useInfiniteQuery({
    queryKey: keys.messages(chatId),
    queryFn: ({ pageParam, signal }) =>
      api<Page<Message>>(`/chats/${chatId}/messages${query({ cursor: pageParam, limit: 50 })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })

export const useChannels = () =>
  useQuery({ queryKey: keys.channels, queryFn: ({ signal }) => api<Page<Channel>>('/channels?limit=100', { signal }) })

/** Says at once that nothing is unread; the server is told, and corrects us if it knows better. */
export function useMarkRead() {
  const client = useQueryClient()
  return useCallback(
    (chatId: string) => {
      changeChat(client, chatId, (chat) => ({ ...chat, unreadCount: 0 }))
      api(`/chats/${chatId}/read`, { method: 'POST' }).catch(() => void client.invalidateQueries({ queryKey: keys.chats }))
    },
    [client],
  )
}

/** A list that one looks over while typing; more letters find what is not on it. */
const REPLIES_SHOWN = 20

/** Replies whose short code or title has this in it; none are asked for while it is undefined. */
export const useCannedReplies = (search: string | undefined): CannedReply[] | undefined =>
  useQuery({
    queryKey: keys.cannedReplies(search ?? ''),
    queryFn: ({ signal }) => api<Page<CannedReply>>(`/canned-replies${query({ q: search, limit: REPLIES_SHOWN })}`, { signal }),
    enabled: search !== undefined,
    placeholderData: keepPreviousData,
  }).data?.items

/** Fills a reply for the chat, and counts it as used. */
export const useTakeReply = (chatId: string) =>
  useMutation({
    mutationFn: (replyId: string) => api<FilledReply>(`/canned-replies/${replyId}/take`, { method: 'POST', body: { chatId } }),
  })
