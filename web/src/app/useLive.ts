import { useEffect } from 'react'
import { live } from '@/lib/live'

/** The stream of events, for as long as the shell is on the screen. */
export function useLive() {
  useEffect(() => live.start(), [])
}
