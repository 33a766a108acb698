import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { request } from './api'
import { keys } from './keys'

/** A conversation that one comes back to soon shows its pictures at once. */
const KEPT_MS = 5 * 60_000

async function fetchFile(id: string, signal?: AbortSignal) {
  const answer = await request(`/media/${id}`, { signal, headers: { Accept: '*/*' } })
  return answer.blob()
}

/**
 * A file that is kept, under an address of this page only: it is asked for with the session's token, which an address in a
 * picture cannot carry. Nothing is asked for until it is wanted; what lies under an id never changes.
 */
export function useFile(id: string, wanted: boolean) {
  const file = useQuery({
    queryKey: keys.file(id),
    queryFn: ({ signal }) => fetchFile(id, signal),
    enabled: wanted,
    staleTime: Infinity,
    gcTime: KEPT_MS,
  })
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!file.data) return
    const made = URL.createObjectURL(file.data)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file.data])
  return { address, failed: file.isError, again: () => void file.refetch() }
}

/** Has the browser save it under this name. */
export async function saveFile(id: string, name: string) {
  const address = URL.createObjectURL(await fetchFile(id))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}
