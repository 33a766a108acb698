import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { api, query, randomId } from '@/lib/api'
import { changeChat, changeMessage, putChat, putMessage } from '@/lib/cache'
import { call, seen, type Schema } from '@/lib/client'
import { keys } from '@/lib/keys'
import { toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { CannedReply, Channel, Chat, FilledReply, Message, Page, ScheduledMessage } from '@/lib/types'

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

/** Waits for the phone, which may refuse. */
export function useSetLabels(chatId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (labels: string[]) => call('put', '/chats/{id}/labels', { path: { id: chatId }, body: { labels } }) as Promise<Chat>,
    onSuccess: (chat) => {
      putChat(client, chat)
      return client.invalidateQueries({ queryKey: keys.labels })
    },
    onError: toastProblem,
  })
}

/** Says at once that nothing is unread; the server is told what was seen last, and corrects us if more came meanwhile. */
export function useMarkRead() {
  const client = useQueryClient()
  return useCallback(
    (chatId: string, upTo: string | undefined) => {
      changeChat(client, chatId, (chat) => ({ ...chat, unreadCount: 0 }))
      api(`/chats/${chatId}/read${query({ upTo })}`, { method: 'POST' }).catch(() => void client.invalidateQueries({ queryKey: keys.chats }))
    },
    [client],
  )
}

/** However often it is asked for, the server sends a failed message once more and not twice. */
export function useSendAgain() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Message) => api<Message>(`/messages/${id}/send-again`, { method: 'POST', headers: { 'Idempotency-Key': randomId() } }),
    onSuccess: (again, failed) => {
      putMessage(client, again)
      changeMessage(client, failed.chatId, failed.id, (message) => ({ ...message, sentAgainAs: again.id }))
    },
    onError: toastProblem,
  })
}

/** Takes back a message that has not begun to be sent. */
export function useTakeBack() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (message: Message) =>
      api<Message>('/messages', {
        method: 'POST',
        headers: { 'Idempotency-Key': randomId() },
        body: { revoke: { messageId: message.id } },
      }),
    onSuccess: (message) => putMessage(client, message),
    onError: toastProblem,
  })
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

/** As many as a chat may have. */
const SCHEDULED_SHOWN = 100

/** What waits for its time in a chat, the next first. */
export const useScheduled = (chatId: string): ScheduledMessage[] | undefined =>
  useQuery({
    queryKey: keys.scheduled(chatId),
    queryFn: ({ signal }) =>
      api<Page<ScheduledMessage>>(`/scheduled-messages${query({ chatId, status: 'pending', limit: SCHEDULED_SHOWN })}`, { signal }),
  }).data?.items

type Later = { text: string; replyToMessageId: string | undefined; sendAt: string; cancelIfCustomerWrites: boolean }

/** Another try of the same wish is the same message. */
export function useSchedule(chatId: string) {
  const client = useQueryClient()
  const tried = useRef({ wish: '', key: '' })
  return useMutation({
    mutationFn: ({ sendAt, cancelIfCustomerWrites, ...said }: Later) => {
      const body = { sendAt, cancelIfCustomerWrites, message: { chatId, ...said } }
      const wish = JSON.stringify(body)
      if (tried.current.wish !== wish) tried.current = { wish, key: randomId() }
      return api('/scheduled-messages', { method: 'POST', headers: { 'Idempotency-Key': tried.current.key }, body })
    },
    onSuccess: () => {
      tried.current = { wish: '', key: '' }
      return client.invalidateQueries({ queryKey: keys.scheduled(chatId) })
    },
  })
}

export function useCancelScheduled(chatId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api(`/scheduled-messages/${id}/cancel`, { method: 'POST' }),
    // Whatever came of it: it may have been sent just now.
    onSettled: () => client.invalidateQueries({ queryKey: keys.scheduled(chatId) }),
  })
}

/** Who has a session, and how urgent it is. */
export type Session = Schema<'Session'> & { priority: 'low' | 'normal' | 'high' | 'urgent' }

export const useSession = (id: string) =>
  useQuery({
    queryKey: keys.session(id),
    queryFn: async ({ signal }) => (await call('get', '/sessions/{id}', { path: { id }, signal })) as Session,
  })

/** As many as the server gives at once. */
const MOST = 100

export const useTeams = () =>
  useQuery({
    queryKey: keys.teams,
    queryFn: ({ signal }) => call('get', '/teams', { query: { limit: MOST }, signal }),
    enabled: useMay('team_read'),
  })

export const useAgents = () =>
  useQuery({
    queryKey: keys.agents,
    queryFn: ({ signal }) => call('get', '/agents', { query: { limit: MOST }, signal }),
    enabled: useMay('team_read'),
  })

/** To whom the rule says where nobody is named. */
export function useEscalate(session: Session) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wanted: { agentId: string | null; teamId: string | null; reason: string | null }) =>
      call('post', '/sessions/{id}/escalate', {
        path: { id: session.id },
        header: { ...seen(session), 'Idempotency-Key': randomId() },
        body: { ...wanted, priority: null },
      }),
    // Whatever came of it: somebody may have been faster.
    onSettled: () => client.invalidateQueries({ queryKey: keys.session(session.id) }),
  })
}
