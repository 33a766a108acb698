import { Alert, Button, Stack, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/lib/api'
import { wording } from '@/lib/problem'
import { AuthCard } from './AuthCard'
import { NewPassword } from './NewPassword'
import { useSetUp } from './api'

export function SetupPage() {
  const { t } = useTranslation()
  const setUp = useSetUp()
  const codeRequired = useQueryClient().getQueryData<{ codeRequired?: boolean }>(['setup'])?.codeRequired ?? false
  const wrong = (field: string) =>
    setUp.error instanceof ApiError ? setUp.error.errors.find((error) => error.field === field)?.detail : undefined

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const text = (name: string) => String(given.get(name) ?? '').trim()
    setUp.mutate({
      company: text('company'),
      name: text('name'),
      email: text('email'),
      password: String(given.get('password')),
      ...(text('setupCode') ? { setupCode: text('setupCode') } : {}),
    })
  }

  return (
    <AuthCard title={t('auth.setupTitle')} text={t('auth.setupText')}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput name="company" label={t('auth.company')} autoComplete="organization" maxLength={200} required withAsterisk={false} autoFocus error={wrong('company')} />
          <TextInput name="name" label={t('auth.yourName')} autoComplete="name" maxLength={200} required withAsterisk={false} error={wrong('name')} />
          <TextInput name="email" type="email" label={t('auth.email')} autoComplete="username" maxLength={254} required withAsterisk={false} error={wrong('email')} />
          <NewPassword label={t('auth.password')} error={wrong('password')} />
          {codeRequired && (
            <TextInput name="setupCode" label={t('auth.setupCode')} description={t('auth.setupCodeHint')} autoComplete="off" maxLength={40} required withAsterisk={false} />
          )}
          {setUp.isError && (
            <Alert color="red" icon={<IconAlertCircle />} role="alert">
              {wording(setUp.error)}
            </Alert>
          )}
          <Button type="submit" size="md" loading={setUp.isPending}>
            {t('auth.setUp')}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  )
}
