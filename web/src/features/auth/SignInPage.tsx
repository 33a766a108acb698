import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { wording } from '@/lib/problem'
import { AuthCard } from './AuthCard'
import { useSignIn } from './api'

export function SignInPage() {
  const { t } = useTranslation()
  const signIn = useSignIn()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    signIn.mutate({ email: String(given.get('email')).trim(), password: String(given.get('password')) })
  }

  return (
    <AuthCard title={t('auth.signInTitle')} text={t('auth.signInText')}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            name="email"
            type="email"
            label={t('auth.email')}
            autoComplete="username"
            maxLength={254}
            required
            withAsterisk={false}
            data-autofocus
            autoFocus
          />
          <PasswordInput
            name="password"
            label={t('auth.password')}
            autoComplete="current-password"
            maxLength={200}
            required
            withAsterisk={false}
          />
          {signIn.isError && (
            <Alert color="red" icon={<IconAlertCircle />} role="alert">
              {wording(signIn.error)}
            </Alert>
          )}
          <Button type="submit" size="md" loading={signIn.isPending}>
            {t('auth.signIn')}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  )
}
