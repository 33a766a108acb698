import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { session } from '@/lib/api'
import { call, seen, type Schema } from '@/lib/client'
import { keys } from '@/lib/keys'
import type { Page, Project } from '@/lib/types'

export type Member = Schema<'Member'>
export type Invitation = Schema<'Invitation'> & { mail: 'waiting' | 'sent' | 'failed' }
export type Role = Schema<'Role'>
export type ApiKey = Schema<'ApiKey'>

/** As many as the server gives at once. */
const MOST = 100

export const useInvitations = () =>
  useQuery({
    queryKey: keys.invitations,
    queryFn: async ({ signal }) => (await call('get', '/invitations', { query: { limit: MOST }, signal })).items as Invitation[],
  })

export const useRoles = () => useQuery({ queryKey: keys.roles, queryFn: ({ signal }) => call('get', '/roles', { signal }) })

export const useApiKeys = () =>
  useInfiniteQuery({
    queryKey: keys.apiKeys,
    queryFn: ({ pageParam, signal }) => call('get', '/api-keys', { query: { limit: MOST, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
  })

export type ProjectChange = Schema<'ProjectChange'>

export const useProjects = () => useQuery({ queryKey: keys.projects, queryFn: ({ signal }) => call('get', '/projects', { signal }) })

/** Whoever is signed in has them with their session as well. */
export function useChangeProject() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version, change }: { id: string; version: number; change: ProjectChange }) =>
      call('patch', '/projects/{id}', { path: { id }, header: seen({ version }), body: change }),
    onSuccess: (changed) => {
      const changedIn = (all: Project[]) => all.map((one) => (one.id === changed.id ? changed : one))
      client.setQueryData<Page<Project>>(keys.projects, (page) => page && { ...page, items: changedIn(page.items) })
      const signedIn = session.get()
      if (signedIn.state === 'in') session.begin({ ...signedIn.session, projects: changedIn(signedIn.session.projects) })
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.projects }),
  })
}

function useChange<T>(work: (given: T) => Promise<unknown>, key: readonly string[]) {
  const client = useQueryClient()
  return useMutation({ mutationFn: work, onSettled: () => client.invalidateQueries({ queryKey: key }) })
}

export const useGiveRole = () =>
  useChange(
    ({ member, role }: { member: Member; role: string }) =>
      call('patch', '/members/{id}', { path: { id: member.id }, header: seen(member), body: { role } }),
    keys.members,
  )

export const useSetActive = () =>
  useChange(
    ({ id, active }: { id: string; active: boolean }) =>
      call('post', active ? '/members/{id}/reactivate' : '/members/{id}/deactivate', { path: { id } }),
    keys.members,
  )

export const useResetSecondFactor = () =>
  useChange((id: string) => call('delete', '/members/{id}/second-factor', { path: { id } }), keys.members)

/** The key belongs to what was filled in: a second click on the same form is the same thing. */
type Once<T> = T & { once: string }

export const useInvite = () =>
  useChange(
    ({ once, ...body }: Once<Schema<'NewInvitation'>>) =>
      call('post', '/invitations', { header: { 'Idempotency-Key': once }, body }),
    keys.invitations,
  )

export const useResend = () => useChange((id: string) => call('post', '/invitations/{id}/resend', { path: { id } }), keys.invitations)

export const useWithdraw = () => useChange((id: string) => call('delete', '/invitations/{id}', { path: { id } }), keys.invitations)

export function useCreateApiKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ once, ...body }: Once<Schema<'NewApiKey'>>) =>
      call('post', '/api-keys', { header: { 'Idempotency-Key': once }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
    gcTime: 0, // the key's text stays no longer than it is shown
  })
}

export const useRevokeApiKey = () => useChange((id: string) => call('delete', '/api-keys/{id}', { path: { id } }), keys.apiKeys)

/** Makes a role, or changes the one that is given. */
export const useKeepRole = () =>
  useChange(
    ({ role, once, ...body }: Once<Schema<'NewRole'>> & { role?: Role }) =>
      role
        ? call('patch', '/roles/{id}', { path: { id: role.id }, header: seen(role), body })
        : call('post', '/roles', { header: { 'Idempotency-Key': once }, body }),
    keys.roles,
  )

export const useDeleteRole = () => useChange((id: string) => call('delete', '/roles/{id}', { path: { id } }), keys.roles)
