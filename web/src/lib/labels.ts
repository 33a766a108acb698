import { useQuery } from '@tanstack/react-query'
import { call } from './client'
import { keys } from './keys'
import { useMay } from './session'

/** The labels that a channel has, for those who see conversations. */
export const useLabels = (channelId: string) =>
  useQuery({
    queryKey: keys.labelsOf(channelId),
    enabled: useMay('inbox_read') && channelId !== '',
    queryFn: async ({ signal }) => (await call('get', '/labels', { query: { channelId }, signal })).items,
  })
