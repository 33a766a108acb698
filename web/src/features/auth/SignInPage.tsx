import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiError } from '@/lib/api'
import { wording } from '@/lib/problem'
import { AuthCard } from './AuthCard'
import { useSignIn } from './api'

export function SignInPage() {
  const { t } = useTranslation()
  const signIn = useSignIn()
  const [codeAsked, setCodeAsked] = useState(false)
  const onlyTheCode = signIn.error instanceof ApiError && signIn.error.code === 'second_factor_required'

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const code = String(given.get('code') ?? '').trim()
    signIn.mutate(
      { email: String(given.get('email')).trim(), password: String(given.get('password')), ...(code ? { code } : {}) },
      {
        onError: (error) => {
          if (error instanceof ApiError && error.code === 'second_factor_required') setCodeAsked(true)
        },
      },
    )
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
          {codeAsked && (
            <TextInput
              name="code"
              label={t('auth.code')}
              description={t('auth.codeHint')}
              autoComplete="one-time-code"
              maxLength={40}
              required
              withAsterisk={false}
              autoFocus
            />
          )}
          {signIn.isError && !onlyTheCode && (
            <Alert color="red" icon={<IconAlertCircle />} role="alert">
              {wording(signIn.error)}
            </Alert>
          )}
          <Button type="submit" size="md" loading={signIn.isPending}>
            {t('auth.signIn')}
          </Button>
          <Anchor component={Link} to="/forgot-password" size="sm" ta="center">
            {t('auth.forgotten')}
          </Anchor>
        </Stack>
      </form>
    </AuthCard>
  )
}
