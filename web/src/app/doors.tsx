import { Button, Center, Loader } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useLocation } from 'react-router'
import { api, refresh } from '@/lib/api'
import { useSignedIn } from '@/lib/session'
import { Notice } from '@/ui/Notice'

const SERVER_AGAIN_MS = 3_000

/** Finds out once whether this browser is signed in; a server that is still starting is asked again. */
function useKnown() {
  const signedIn = useSignedIn()
  const asked = useQuery({
    queryKey: ['signed-in'],
    queryFn: refresh,
    enabled: signedIn.state === 'unknown',
    refetchInterval: signedIn.state === 'unknown' ? SERVER_AGAIN_MS : false,
    staleTime: 0,
  })
  return { signedIn, unanswered: signedIn.state === 'unknown' && asked.data === false, again: () => void asked.refetch() }
}

function Waiting({ unanswered, again }: { unanswered: boolean; again: () => void }) {
  const { t } = useTranslation()
  if (!unanswered)
    return (
      <Center h="100dvh">
        <Loader aria-label={t('app.loading')} />
      </Center>
    )
  return (
    <Center h="100dvh">
      <Notice icon={<IconPlugConnectedX />} title={t('auth.serverDownTitle')} text={t('auth.serverDownText')} tone="gray">
        <Button variant="light" onClick={again}>
          {t('app.retry')}
        </Button>
      </Notice>
    </Center>
  )
}

export function SignedInOnly() {
  const { signedIn, unanswered, again } = useKnown()
  const location = useLocation()
  if (signedIn.state === 'unknown') return <Waiting unanswered={unanswered} again={again} />
  if (signedIn.state === 'out') return <Navigate to="/sign-in" replace state={{ from: location.pathname + location.search }} />
  return <Outlet />
}

export function SignedOutOnly() {
  const { signedIn, unanswered, again } = useKnown()
  const location = useLocation()
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: () => api<{ needed: boolean; codeRequired?: boolean }>('/setup'),
    enabled: signedIn.state === 'out',
  })
  if (signedIn.state === 'unknown') return <Waiting unanswered={unanswered} again={again} />
  if (signedIn.state === 'in') {
    const from = (location.state as { from?: string } | null)?.from
    return <Navigate to={from ?? '/inbox'} replace />
  }
  if (setup.isPending) return <Waiting unanswered={false} again={again} />
  if (setup.isError) return <Waiting unanswered again={() => void setup.refetch()} />
  if (setup.data.needed && location.pathname !== '/setup') return <Navigate to="/setup" replace />
  if (!setup.data.needed && location.pathname === '/setup') return <Navigate to="/sign-in" replace />
  return <Outlet />
}
