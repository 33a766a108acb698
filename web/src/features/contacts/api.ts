import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { randomId } from '@/lib/api'
import { call, seen, type Schema } from '@/lib/client'
import { keys } from '@/lib/keys'
import type { Contact, Identity } from '@/lib/types'

export type Note = Schema<'Note'>
export type CustomField = Schema<'CustomField'>
export type Membership = Schema<'ContactListMembership'>
export type Merge = Omit<Schema<'Merge'>, 'identities'> & { identities: Identity[] }
export type MergePreview = Omit<Schema<'MergePreview'>, 'identities'> & { identities: Identity[] }

const NOTES = 20

export const useCustomFields = (projectId: string) =>
  useQuery({
    queryKey: keys.fields(projectId),
    queryFn: ({ signal }) => call('get', '/contact-fields', { query: { projectId }, signal }),
  })

/** One who is entered. The key belongs to what was filled in: a second click on the same form is the same contact. */
export function useEnterContact() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ once, ...body }: Schema<'NewContact'> & { once: string }) =>
      (await call('post', '/contacts', { header: { 'Idempotency-Key': once }, body })) as Contact,
    onSuccess: (contact) => {
      client.setQueryData(keys.contact(contact.id), contact)
      void client.invalidateQueries({ queryKey: keys.contacts })
      void client.invalidateQueries({ queryKey: ['contact-tags'] })
    },
  })
}

/** What may be another contact's already. */
export type Asked = { projectId: string; phone: string; email: string }

export const useDuplicates = (asked: Asked) =>
  useQuery({
    queryKey: keys.duplicates(asked),
    queryFn: ({ signal }) => call('get', '/contacts/duplicates', { query: asked, signal }),
    staleTime: 0,
  })

/** Sets these values by the keys of their fields; null takes one away. */
export const useSetFields = (contact: Contact) =>
  useChange(
    (fields: Record<string, unknown>) =>
      call('patch', '/contacts/{id}', { path: { id: contact.id }, header: seen(contact), body: { fields } }),
    keys.contact(contact.id),
    keys.timeline(contact.id),
    keys.contacts,
  )

/** Puts on and takes off what is other than before, each for itself: nobody's tags are lost who does so at the same time. */
export function useTagging(contact: Contact) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (next: string[]) => {
      const path = { id: contact.id }
      const tags = next.filter((tag) => !contact.tags.includes(tag))
      if (tags.length > 0) await call('post', '/contacts/{id}/tags', { path, header: { 'Idempotency-Key': randomId() }, body: { tags } })
      for (const tag of contact.tags.filter((one) => !next.includes(one))) {
        await call('delete', '/contacts/{id}/tags', { path, query: { tag } })
      }
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.contact(contact.id) }),
        client.invalidateQueries({ queryKey: ['contact-tags'] }),
      ]),
  })
}

/** Out of sight and back: where a contact is shown and counted, deleted ones are not. */
const useSight = (id: string, work: () => Promise<unknown>) =>
  useChange(work, keys.contact(id), keys.timeline(id), keys.contacts, keys.boards, ['contact-tags'])

export const useDeleteContact = (id: string) => useSight(id, () => call('delete', '/contacts/{id}', { path: { id } }))

export const useRestoreContact = (id: string) => useSight(id, () => call('post', '/contacts/{id}/restore', { path: { id } }))

export const useListsOf = (contactId: string) =>
  useQuery({
    queryKey: keys.listsOf(contactId),
    queryFn: async ({ signal }) => (await call('get', '/contacts/{id}/lists', { path: { id: contactId }, signal })).items,
  })

/** The lists that there are. */
export const useContactLists = (projectId: string) =>
  useQuery({
    queryKey: keys.contactLists(projectId),
    queryFn: async ({ signal }) => (await call('get', '/contact-lists', { query: { projectId }, signal })).items,
  })

/** Puts a contact on the lists that it was not on, and takes it off those on which it is to be no longer, each for itself as with tags. */
export const useListing = (contactId: string, present: string[]) =>
  useChange(async (next: string[]) => {
    for (const id of next.filter((one) => !present.includes(one))) {
      await call('post', '/contact-lists/{id}/contacts', { path: { id }, header: { 'Idempotency-Key': randomId() }, body: { contactIds: [contactId] } })
    }
    for (const id of present.filter((one) => !next.includes(one))) {
      await call('delete', '/contact-lists/{id}/contacts/{contactId}', { path: { id, contactId } })
    }
  }, keys.listsOf(contactId))

export const useNotes = (contactId: string) =>
  useInfiniteQuery({
    queryKey: keys.notes(contactId),
    queryFn: ({ pageParam, signal }) =>
      call('get', '/contacts/{contactId}/notes', { path: { contactId }, query: { limit: NOTES, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
  })

/** Those that can be brought back, asked for when somebody looks for one. */
export const useDeletedNotes = (contactId: string) =>
  useInfiniteQuery({
    queryKey: keys.deletedNotes(contactId),
    queryFn: ({ pageParam, signal }) =>
      call('get', '/contacts/{contactId}/notes', { path: { contactId }, query: { deleted: true, limit: NOTES, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
  })

function useChange<Given, Answer>(work: (given: Given) => Promise<Answer>, ...changed: QueryKey[]) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSettled: () => Promise.all(changed.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

/** The key belongs to what was written: a second click on the same text is the same note. */
export const useWriteNote = (contactId: string) =>
  useChange(
    ({ once, ...body }: { text: string; mentions: string[]; once: string }) =>
      call('post', '/contacts/{contactId}/notes', { path: { contactId }, header: { 'Idempotency-Key': once }, body }),
    keys.notes(contactId),
    keys.timeline(contactId),
  )

export const useChangeNote = (contactId: string) =>
  useChange(
    ({ note, ...body }: { note: Note; text?: string; mentions?: string[]; pinned?: boolean }) =>
      call('patch', '/contacts/{contactId}/notes/{id}', { path: { contactId, id: note.id }, header: seen(note), body }),
    keys.notes(contactId),
    keys.timeline(contactId),
  )

export const useDeleteNote = (contactId: string) =>
  useChange(
    (id: string) => call('delete', '/contacts/{contactId}/notes/{id}', { path: { contactId, id } }),
    keys.notes(contactId),
    keys.timeline(contactId),
  )

export const useRestoreNote = (contactId: string) =>
  useChange(
    (id: string) => call('post', '/contacts/{contactId}/notes/{id}/restore', { path: { contactId, id } }),
    keys.notes(contactId),
    keys.timeline(contactId),
  )

export const useMerges = (contactId: string) =>
  useQuery({
    queryKey: keys.merges(contactId),
    queryFn: async ({ signal }) => (await call('get', '/contacts/{id}/merges', { path: { id: contactId }, signal })).items as Merge[],
  })

/** What merging `other` into `into` would do; asked anew each time that somebody wants to see it. */
export const useMergePreview = (into: string, other: string | null) =>
  useQuery({
    queryKey: keys.mergePreview(into, other ?? ''),
    enabled: other !== null,
    queryFn: async ({ signal }) =>
      (await call('get', '/contacts/{id}/merges/preview', { path: { id: into }, query: { contactId: other ?? '' }, signal })) as MergePreview,
    staleTime: 0,
    retry: false,
  })

/** A merge and its undoing change two contacts, and where those are shown. */
function useTwo<Given extends { into: string; other: string }>(work: (given: Given) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: (_, { into, other }) => {
      // Under this id the one was shown for the other, or the other for the one.
      client.removeQueries({ queryKey: keys.contact(other) })
      for (const queryKey of [keys.contact(into), keys.timeline(into), keys.contacts, keys.chats, ['chat'], keys.boards]) {
        void client.invalidateQueries({ queryKey })
      }
    },
  })
}

export const useMerge = () =>
  useTwo(({ into, other, once }: { into: string; other: string; once: string }) =>
    call('post', '/contacts/{id}/merges', { path: { id: into }, header: { 'Idempotency-Key': once }, body: { contactId: other } }),
  )

export const useTakeApart = () =>
  useTwo(({ into, other }: { into: string; other: string }) =>
    call('delete', '/contacts/{id}/merges/{contactId}', { path: { id: into, contactId: other } }),
  )
