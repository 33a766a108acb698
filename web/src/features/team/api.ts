import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/api'
import { keys } from '@/lib/keys'
import type { Page } from '@/lib/types'

export type Member = {
  id: string
  name: string
  email: string
  role: string
  roleName: string
  active: boolean
  secondFactor: boolean
  createdAt: string
  version: number
}
export type Invitation = {
  id: string
  email: string
  role: string
  roleName: string
  expiresAt: string
  mail: 'waiting' | 'sent' | 'failed'
  mailError: string | null
}
export type Role = { id: string; name: string; builtIn: boolean; permissions: string[]; members: number; version: number }

export const useMembers = () =>
  useQuery({ queryKey: keys.members, queryFn: ({ signal }) => api<Page<Member>>('/members?limit=100', { signal }) })

export const useInvitations = () =>
  useQuery({ queryKey: keys.invitations, queryFn: ({ signal }) => api<Page<Invitation>>('/invitations?limit=100', { signal }) })

export const useRoles = () => useQuery({ queryKey: keys.roles, queryFn: ({ signal }) => api<Page<Role>>('/roles', { signal }) })

function useChange<T>(work: (given: T) => Promise<unknown>, key: readonly string[]) {
  const client = useQueryClient()
  return useMutation({ mutationFn: work, onSettled: () => client.invalidateQueries({ queryKey: key }) })
}

export const useGiveRole = () =>
  useChange(
    ({ member, role }: { member: Member; role: string }) =>
      api(`/members/${member.id}`, { method: 'PATCH', body: { role }, headers: { 'If-Match': `"${member.version}"` } }),
    keys.members,
  )

export const useSetActive = () =>
  useChange(
    ({ id, active }: { id: string; active: boolean }) =>
      api(`/members/${id}/${active ? 'reactivate' : 'deactivate'}`, { method: 'POST' }),
    keys.members,
  )

export const useResetSecondFactor = () =>
  useChange((id: string) => api(`/members/${id}/second-factor`, { method: 'DELETE' }), keys.members)

export const useInvite = () =>
  useChange(
    ({ key, ...invitation }: { key: string; email: string; role: string }) =>
      api('/invitations', { method: 'POST', body: invitation, headers: { 'Idempotency-Key': key } }),
    keys.invitations,
  )

export const useResend = () => useChange((id: string) => api(`/invitations/${id}/resend`, { method: 'POST' }), keys.invitations)

export const useWithdraw = () => useChange((id: string) => api(`/invitations/${id}`, { method: 'DELETE' }), keys.invitations)
