import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, session } from '@/lib/api'
import { call, type Schema } from '@/lib/client'
import { keys } from '@/lib/keys'
import type { Page, Session } from '@/lib/types'

export type SignIn = { id: string; createdAt: string; lastUsedAt: string; address: string | null; device: string | null; current: boolean }
export type SecondFactor = { on: boolean; since: string | null; recoveryCodesLeft: number }
export type Enrolment = { secret: string; uri: string }
export type Proofs = { password: string; code: string }

export const useSignIns = () =>
  useQuery({ queryKey: keys.signIns, queryFn: ({ signal }) => api<Page<SignIn>>('/me/sign-ins?limit=100', { signal }) })

export const useSecondFactor = () =>
  useQuery({ queryKey: keys.secondFactor, queryFn: ({ signal }) => api<SecondFactor>('/me/second-factor', { signal }) })

/** The name and the address are known to the session as well; an address takes the password, and the code where a second factor is on. */
export function useChangeProfile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: Schema<'MeChange'>) => call('patch', '/me', { body: change }),
    onSuccess: ({ user }) => {
      const signedIn = session.get()
      if (user && signedIn.state === 'in') session.begin({ ...signedIn.session, user })
      return client.invalidateQueries({ queryKey: keys.members })
    },
  })
}

/** All sign-ins end but the one that comes with the answer. */
export function useChangePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (passwords: { currentPassword: string; newPassword: string }) =>
      api<Session>('/me/password', { method: 'PUT', body: passwords }),
    onSuccess: (next) => {
      session.begin(next)
      return client.invalidateQueries({ queryKey: keys.signIns })
    },
  })
}

function useChange<T, R>(work: (given: T) => Promise<R>, key: readonly string[]) {
  const client = useQueryClient()
  return useMutation({ mutationFn: work, onSettled: () => client.invalidateQueries({ queryKey: key }) })
}

export const useRevoke = () => useChange((id: string) => api<void>(`/me/sign-ins/${id}`, { method: 'DELETE' }), keys.signIns)

export const useRevokeOthers = () => useChange((_: void) => api<void>('/me/sign-ins', { method: 'DELETE' }), keys.signIns)

export const useEnrol = () =>
  useMutation({ mutationFn: (password: string) => api<Enrolment>('/me/second-factor', { method: 'POST', body: { password } }) })

export const useConfirm = () =>
  useChange(
    (code: string) => api<{ recoveryCodes: string[] }>('/me/second-factor/confirm', { method: 'POST', body: { code } }),
    keys.secondFactor,
  )

export const useDisable = () =>
  useChange((proofs: Proofs) => api<void>('/me/second-factor/disable', { method: 'POST', body: proofs }), keys.secondFactor)
