import { api, session } from '@/lib/api'
import { queryClient } from '@/lib/query'

/** Leaves nothing of the one who goes for the one who comes. */
export async function signOut() {
  await api('/auth/sign-out', { method: 'POST' }).catch(() => undefined)
  sessionStorage.clear()
  session.end()
  queryClient.clear()
}
