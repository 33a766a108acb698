import { useMutation } from '@tanstack/react-query'
import { api, session } from '@/lib/api'
import { queryClient } from '@/lib/query'
import type { Session } from '@/lib/types'

export type Credentials = { email: string; password: string }
export type FirstAccount = Credentials & { company: string; name: string; setupCode?: string }

/** Nothing of whoever was signed in before may be seen by the next one. */
function begin(next: Session) {
  queryClient.clear()
  session.begin(next)
}

export const useSignIn = () =>
  useMutation({
    mutationFn: (credentials: Credentials) => api<Session>('/auth/sign-in', { method: 'POST', body: credentials }),
    onSuccess: begin,
  })

export const useSetUp = () =>
  useMutation({
    mutationFn: (account: FirstAccount) => api<Session>('/setup', { method: 'POST', body: account }),
    onSuccess: begin,
  })
