import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, query } from './api'
import { call } from './client'
import { keys } from './keys'
import type { Contact, Page, Tag, TimelineEntry } from './types'

const PAGE = 50
/** Enough to choose from; others are found by writing them. */
const MOST_TAGS = 100

/** One thing that is asked of a contact, as docs/reference/contacts-api.md has it. */
export type Condition = { field: string } & Record<string, unknown>

/** All of the conditions are to be met. */
export type Narrowed = { projectId: string; conditions: Condition[] }

/** Contacts by a part of a name or an address; narrowed, only those who meet all conditions; those who were deleted, or the others. */
export const useContacts = (q: string, narrowed: Narrowed | null = null, deleted = false) =>
  useInfiniteQuery({
    queryKey: keys.contactList(q, narrowed, deleted),
    queryFn: ({ pageParam, signal }) => {
      const page = { deleted: deleted ? 'true' : null, cursor: pageParam, limit: PAGE }
      return narrowed
        ? api<Page<Contact>>(
            `/contacts/search${query({ projectId: narrowed.projectId, filter: JSON.stringify(specification(narrowed, q)), ...page })}`,
            { signal },
          )
        : api<Page<Contact>>(`/contacts${query({ q, ...page })}`, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })

function specification({ conditions }: Narrowed, q: string) {
  if (q === '') return { and: conditions }
  const digits = q.replace(/[^\d+]/g, '')
  const found = [
    { field: 'name', contains: q },
    { field: 'email', contains: q },
    ...(digits ? [{ field: 'phone', contains: digits }] : []),
  ]
  return { and: [...conditions, { or: found }] }
}

/** The tags that are in use. */
export function useTags(projectIds: string[]) {
  return useQuery({
    queryKey: keys.tags(projectIds),
    queryFn: async ({ signal }): Promise<Tag[]> => {
      const pages = projectIds.map((projectId) => call('get', '/contacts/tags', { query: { projectId, limit: MOST_TAGS }, signal }))
      return (await Promise.all(pages)).flatMap(({ items }, at) => items.map(({ name }) => ({ projectId: projectIds[at]!, name })))
    },
  })
}

export const useContact = (id: string) =>
  useQuery({ queryKey: keys.contact(id), queryFn: ({ signal }) => api<Contact>(`/contacts/${id}`, { signal }) })

/** What a timeline can be narrowed down to. */
export const TIMELINE_KINDS = ['contact', 'deal', 'note', 'session', 'call', 'tracking'] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

export const useTimeline = (contactId: string, kind: TimelineKind | null) =>
  useInfiniteQuery({
    queryKey: keys.timelineOf(contactId, kind ?? ''),
    queryFn: ({ pageParam, signal }) =>
      api<Page<TimelineEntry>>(`/contacts/${contactId}/timeline${query({ kind, cursor: pageParam, limit: 20 })}`, { signal }),
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
