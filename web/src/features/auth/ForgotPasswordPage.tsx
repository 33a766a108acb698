import { Alert, Anchor, Button, Stack, TextInput } from '@mantine/core'
import { IconAlertCircle, IconMail } from '@tabler/icons-react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { wording } from '@/lib/problem'
import { AuthCard } from './AuthCard'
import { useForgotten } from './api'

export function ForgotPasswordPage() {
  const { t } = useTranslation()
  const forgotten = useForgotten()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    forgotten.mutate(String(new FormData(event.currentTarget).get('email')).trim())
  }

  return (
    <AuthCard title={t('auth.forgottenTitle')} text={t('auth.forgottenText')}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput name="email" type="email" label={t('auth.email')} autoComplete="username" maxLength={254} required withAsterisk={false} autoFocus />
          {forgotten.isError && (
            <Alert color="red" icon={<IconAlertCircle />} role="alert">
              {wording(forgotten.error)}
            </Alert>
          )}
          {forgotten.isSuccess && (
            <Alert color="green" icon={<IconMail />} role="status">
              {t('auth.forgottenDone')}
            </Alert>
          )}
          <Button type="submit" size="md" loading={forgotten.isPending}>
            {t('auth.sendLink')}
          </Button>
          <Anchor component={Link} to="/sign-in" size="sm" ta="center">
            {t('auth.backToSignIn')}
          </Anchor>
        </Stack>
      </form>
    </AuthCard>
  )
}
