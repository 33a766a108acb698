import { useSyncExternalStore } from 'react'
import { session } from './api'

export function useSignedIn() {
  return useSyncExternalStore(session.subscribe, session.get)
}

/** Whether the one who is signed in may do this; the server decides, this only hides what it would refuse. */
export function useMay(permission: string): boolean {
  const signedIn = useSignedIn()
  if (signedIn.state !== 'in') return false
  return signedIn.session.permissions?.includes(permission) ?? true
}
