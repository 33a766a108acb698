import { Alert, Button, Skeleton, Stack, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { wording } from '@/lib/problem'
import { AuthCard } from './AuthCard'
import { NewPassword } from './NewPassword'
import { tokenOfLink, useAccept, useInvited } from './api'

export function AcceptInvitationPage() {
  const { t } = useTranslation()
  const [token] = useState(tokenOfLink)
  const invited = useInvited(token)
  const accept = useAccept()
  const navigate = useNavigate()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    accept.mutate(
      { token, name: String(given.get('name')).trim(), password: String(given.get('password')) },
      { onSuccess: () => void navigate('/inbox', { replace: true }) },
    )
  }

  const company = invited.data?.company ?? accept.data?.tenant.name
  return (
    <AuthCard title={company ? t('auth.invitedTitle', { company }) : t('auth.invitedTitleUnknown')} text={t('auth.invitedText')}>
      {invited.isPending && <Skeleton height={200} />}
      {invited.isError && (
        <Stack>
          <Alert color="red" icon={<IconAlertCircle />} role="alert">
            {wording(invited.error)}
          </Alert>
          <Button component={Link} to="/sign-in" variant="default">
            {t('auth.backToSignIn')}
          </Button>
        </Stack>
      )}
      {invited.isSuccess && (
        <form onSubmit={submit}>
          <Stack>
            <TextInput label={t('auth.email')} value={invited.data.email} readOnly autoComplete="username" />
            <TextInput name="name" label={t('auth.yourName')} autoComplete="name" maxLength={200} required withAsterisk={false} autoFocus />
            <NewPassword label={t('auth.password')} />
            {accept.isError && (
              <Alert color="red" icon={<IconAlertCircle />} role="alert">
                {wording(accept.error)}
              </Alert>
            )}
            <Button type="submit" size="md" loading={accept.isPending}>
              {t('auth.join')}
            </Button>
          </Stack>
        </form>
      )}
    </AuthCard>
  )
}
