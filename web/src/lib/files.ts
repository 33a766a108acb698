import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { query, request } from './api'
import type { Schema } from './client'
import { keys } from './keys'
import type { ReplyFile } from './types'

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

/** What WhatsApp shows as such; all else goes as a document. */
const SENT_AS: Record<string, ReplyFile['type']> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'video/mp4': 'video',
  'video/3gpp': 'video',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/aac': 'audio',
  'audio/ogg': 'audio',
}

/** Keeps a file that is to be sent. The server tells by its bytes what it is. */
export async function uploadFile(file: File): Promise<ReplyFile> {
  const answer = await request(`/media${query({ fileName: file.name })}`, { method: 'POST', file })
  const { id, mimeType } = (await answer.json()) as Schema<'MediaKept'>
  return { fileId: id, type: SENT_AS[mimeType] ?? 'document', fileName: file.name }
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
