import { useMutation, useQuery } from '@tanstack/react-query'
import { api, session } from '@/lib/api'
import { queryClient } from '@/lib/query'
import type { Session } from '@/lib/types'

export type Credentials = { email: string; password: string }
export type FirstAccount = Credentials & { company: string; name: string; setupCode?: string }
export type Invited = { company: string; email: string; role: string; roleName: string; expiresAt: string }

/** Nothing of whoever was signed in before may be seen by the next one. */
function begin(next: Session) {
  queryClient.clear()
  session.begin(next)
}

export const useSignIn = () =>
  useMutation({
    mutationFn: (credentials: Credentials & { code?: string }) => api<Session>('/auth/sign-in', { method: 'POST', body: credentials }),
    onSuccess: begin,
  })

export const useSetUp = () =>
  useMutation({
    mutationFn: (account: FirstAccount) => api<Session>('/setup', { method: 'POST', body: account }),
    onSuccess: begin,
  })

export const useInvited = (token: string) =>
  useQuery({
    queryKey: ['invited', token],
    queryFn: () => api<Invited>('/auth/invitations/show', { method: 'POST', body: { token } }),
    retry: false,
  })

export const useAccept = () =>
  useMutation({
    mutationFn: (account: { token: string; name: string; password: string }) =>
      api<Session>('/auth/invitations/accept', { method: 'POST', body: account }),
    onSuccess: begin,
  })

export const useForgotten = () =>
  useMutation({ mutationFn: (email: string) => api<void>('/auth/password-resets', { method: 'POST', body: { email } }) })

export const useNewPassword = () =>
  useMutation({
    mutationFn: (chosen: { token: string; newPassword: string }) =>
      api<void>('/auth/password-resets/complete', { method: 'POST', body: chosen }),
  })

/** Behind the #, which browsers send to no server. */
export function tokenOfLink(): string {
  return new URLSearchParams(location.hash.slice(1)).get('token') ?? ''
}
