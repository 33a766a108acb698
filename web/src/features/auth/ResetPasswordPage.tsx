import { Alert, Anchor, Button, Stack } from '@mantine/core'
import { IconAlertCircle, IconCheck } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { wording } from '@/lib/problem'
import { AuthCard } from './AuthCard'
import { NewPassword } from './NewPassword'
import { tokenOfLink, useNewPassword } from './api'

export function ResetPasswordPage() {
  const { t } = useTranslation()
  const [token] = useState(tokenOfLink)
  const chosen = useNewPassword()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    chosen.mutate({ token, newPassword: String(new FormData(event.currentTarget).get('password')) })
  }

  return (
    <AuthCard title={t('auth.resetTitle')} text={t('auth.resetText')}>
      {chosen.isSuccess ? (
        <Stack>
          <Alert color="green" icon={<IconCheck />} role="status">
            {t('auth.resetDone')}
          </Alert>
          <Button component={Link} to="/sign-in" size="md">
            {t('auth.signIn')}
          </Button>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <NewPassword label={t('auth.newPassword')} autoFocus />
            {chosen.isError && (
              <Alert color="red" icon={<IconAlertCircle />} role="alert">
                {wording(chosen.error)}
              </Alert>
            )}
            <Button type="submit" size="md" loading={chosen.isPending}>
              {t('auth.savePassword')}
            </Button>
            <Anchor component={Link} to="/forgot-password" size="sm" ta="center">
              {t('auth.anotherLink')}
            </Anchor>
          </Stack>
        </form>
      )}
    </AuthCard>
  )
}
