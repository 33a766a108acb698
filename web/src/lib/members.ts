import { useQuery } from '@tanstack/react-query'
import { call } from './client'
import { keys } from './keys'
import { useMay } from './session'

/** As many as the server gives at once. */
const MOST = 100

/** The people who work here, those who have left included. */
export const useMembers = () =>
  useQuery({
    queryKey: keys.members,
    enabled: useMay('team_read'),
    queryFn: ({ signal }) => call('get', '/members', { query: { limit: MOST }, signal }),
  })
