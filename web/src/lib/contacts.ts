import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, query } from './api'
import { keys } from './keys'
import type { Contact, Page, TimelineEntry } from './types'

export const useContacts = (q: string) =>
  useInfiniteQuery({
    queryKey: keys.contactList(q),
    queryFn: ({ pageParam, signal }) => api<Page<Contact>>(`/contacts${query({ q, cursor: pageParam, limit: 50 })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })

export const useContact = (id: string) =>
  useQuery({ queryKey: keys.contact(id), queryFn: ({ signal }) => api<Contact>(`/contacts/${id}`, { signal }) })

export const useTimeline = (contactId: string) =>
  useInfiniteQuery({
    queryKey: keys.timeline(contactId),
    queryFn: ({ pageParam, signal }) =>
      api<Page<TimelineEntry>>(`/contacts/${contactId}/timeline${query({ cursor: pageParam, limit: 20 })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })

export function useRename(contact: Contact) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) =>
      api<Contact>(`/contacts/${contact.id}`, {
        method: 'PATCH',
        body: { name },
        headers: { 'If-Match': `"${contact.version}"` },
      }),
    onSuccess: (changed) => {
      client.setQueryData(keys.contact(contact.id), changed)
      void client.invalidateQueries({ queryKey: keys.contacts })
      void client.invalidateQueries({ queryKey: keys.chats })
      void client.invalidateQueries({ queryKey: ['chat'] })
    },
    onError: () => void client.invalidateQueries({ queryKey: keys.contact(contact.id) }),
  })
}
