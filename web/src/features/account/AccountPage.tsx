import { Alert, Anchor, Badge, Button, Card, Code, Group, PasswordInput, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useEffect, useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NewPassword } from '@/features/auth/NewPassword'
import { moment } from '@/lib/format'
import { toastDone, toastProblem } from '@/lib/problem'
import { useSignedIn } from '@/lib/session'
import { Sheet } from '@/ui/Sheet'
import { useChangePassword, useChangeProfile, useConfirm, useDisable, useEnrol, useRevoke, useRevokeOthers, useSecondFactor, useSignIns } from './api'

export function AccountPage() {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${t('account.title')} · ${t('app.name')}`
  }, [t])
  return (
    <Sheet title={t('account.title')} text={t('account.text')}>
      <Stack gap="lg">
        <Profile />
        <Password />
        <SecondFactor />
        <SignIns />
      </Stack>
    </Sheet>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card component="section" withBorder padding="lg" bg="var(--crm-pane)" aria-label={title}>
      <Title order={2} size="h4" mb="md">
        {title}
      </Title>
      {children}
    </Card>
  )
}

function fields(event: FormEvent<HTMLFormElement>) {
  event.preventDefault()
  const given = new FormData(event.currentTarget)
  return (name: string) => String(given.get(name) ?? '')
}

function Profile() {
  const { t } = useTranslation()
  const signedIn = useSignedIn()
  const factor = useSecondFactor()
  const change = useChangeProfile()
  const [typed, setTyped] = useState<{ name?: string; email?: string }>({})
  if (signedIn.state !== 'in') return null
  const { user } = signedIn.session
  const name = (typed.name ?? user.name).trim()
  const email = (typed.email ?? user.email).trim().toLowerCase()
  const otherEmail = email !== user.email

  function submit(event: FormEvent<HTMLFormElement>) {
    const text = fields(event)
    const code = text('code').trim()
    const proofs = { email, currentPassword: text('password'), ...(code ? { code } : {}) }
    change.mutate(
      { ...(name === user.name ? {} : { name }), ...(otherEmail ? proofs : {}) },
      {
        onSuccess: () => {
          setTyped({})
          toastDone(t('account.profileSaved'))
        },
        onError: toastProblem,
      },
    )
  }

  return (
    <Part title={t('account.profile')}>
      <form onSubmit={submit}>
        <Stack maw={380}>
          <TextInput
            label={t('account.name')}
            value={typed.name ?? user.name}
            onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
            autoComplete="name"
            maxLength={200}
            required
            withAsterisk={false}
          />
          <TextInput
            type="email"
            label={t('account.email')}
            description={t('account.emailHint')}
            value={typed.email ?? user.email}
            onChange={(event) => setTyped({ ...typed, email: event.currentTarget.value })}
            autoComplete="email"
            maxLength={254}
            required
            withAsterisk={false}
          />
          {otherEmail && (
            <PasswordInput name="password" label={t('account.currentPassword')} autoComplete="current-password" required withAsterisk={false} maxLength={200} />
          )}
          {otherEmail && factor.data?.on && (
            <TextInput name="code" label={t('auth.code')} description={t('auth.codeHint')} autoComplete="one-time-code" required withAsterisk={false} maxLength={40} />
          )}
          <Button type="submit" disabled={!otherEmail && name === user.name} loading={change.isPending}>
            {t('app.save')}
          </Button>
        </Stack>
      </form>
    </Part>
  )
}

function Password() {
  const { t } = useTranslation()
  const change = useChangePassword()

  function submit(event: FormEvent<HTMLFormElement>) {
    const form = event.currentTarget
    const text = fields(event)
    change.mutate(
      { currentPassword: text('current'), newPassword: text('new') },
      {
        onSuccess: () => {
          form.reset()
          toastDone(t('account.passwordChanged'))
        },
        onError: toastProblem,
      },
    )
  }

  return (
    <Part title={t('account.password')}>
      <form onSubmit={submit}>
        <Stack maw={380}>
          <PasswordInput name="current" label={t('account.currentPassword')} autoComplete="current-password" required withAsterisk={false} maxLength={200} />
          <NewPassword name="new" label={t('auth.newPassword')} />
          <Button type="submit" loading={change.isPending}>
            {t('auth.savePassword')}
          </Button>
        </Stack>
      </form>
    </Part>
  )
}

function SecondFactor() {
  const { t } = useTranslation()
  const state = useSecondFactor()
  const enrol = useEnrol()
  const confirm = useConfirm()
  const disable = useDisable()
  if (!state.isSuccess) return null

  function switchOff(event: FormEvent<HTMLFormElement>) {
    const text = fields(event)
    disable.mutate({ password: text('password'), code: text('code').trim() }, { onError: toastProblem, onSuccess: () => confirm.reset() })
  }

  return (
    <Part title={t('account.factor')}>
      {confirm.isSuccess && (
        <Alert color="green" icon={<IconKey />} mb="md" title={t('account.recoveryTitle')}>
          <Text size="sm">{t('account.recoveryText')}</Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="sm">
            {confirm.data.recoveryCodes.map((code) => (
              <Code key={code} fz="sm">
                {code}
              </Code>
            ))}
          </SimpleGrid>
        </Alert>
      )}
      {state.data.on ? (
        <form onSubmit={switchOff}>
          <Stack maw={380}>
            <Text size="sm">{t('account.factorOn', { count: state.data.recoveryCodesLeft })}</Text>
            <PasswordInput name="password" label={t('account.currentPassword')} autoComplete="current-password" required withAsterisk={false} maxLength={200} />
            <TextInput name="code" label={t('auth.code')} description={t('auth.codeHint')} autoComplete="one-time-code" required withAsterisk={false} maxLength={40} />
            <Button type="submit" color="red" variant="light" loading={disable.isPending}>
              {t('account.switchOff')}
            </Button>
          </Stack>
        </form>
      ) : enrol.isSuccess ? (
        <form
          onSubmit={(event) => {
            const text = fields(event)
            confirm.mutate(text('code').trim(), { onError: toastProblem, onSuccess: () => enrol.reset() })
          }}
        >
          <Stack maw={380}>
            <Text size="sm">{t('account.enter')}</Text>
            <Code fz="md" p="sm" style={{ overflowWrap: 'anywhere' }} aria-label={t('account.secret')}>
              {enrol.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}
            </Code>
            <Anchor href={enrol.data.uri} size="sm">
              {t('account.openApp')}
            </Anchor>
            <TextInput name="code" label={t('auth.code')} autoComplete="one-time-code" required withAsterisk={false} maxLength={40} autoFocus />
            <Button type="submit" loading={confirm.isPending}>
              {t('account.confirm')}
            </Button>
          </Stack>
        </form>
      ) : (
        <form
          onSubmit={(event) => {
            const text = fields(event)
            enrol.mutate(text('password'), { onError: toastProblem })
          }}
        >
          <Stack maw={380}>
            <Text size="sm">{t('account.factorOff')}</Text>
            <PasswordInput name="password" label={t('account.currentPassword')} autoComplete="current-password" required withAsterisk={false} maxLength={200} />
            <Button type="submit" variant="light" loading={enrol.isPending}>
              {t('account.switchOn')}
            </Button>
          </Stack>
        </form>
      )}
    </Part>
  )
}

function SignIns() {
  const { t } = useTranslation()
  const signIns = useSignIns()
  const revoke = useRevoke()
  const others = useRevokeOthers()
  const items = signIns.data?.items ?? []

  return (
    <Part title={t('account.signIns')}>
      <Stack role="list" aria-label={t('account.signIns')}>
        {items.map((one) => (
          <Group key={one.id} role="listitem" justify="space-between" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {one.device || t('account.unknownDevice')} {one.current && <Badge size="sm">{t('account.here')}</Badge>}
              </Text>
              <Text size="xs" c="var(--crm-muted)">
                {one.address} · {t('account.lastUsed', { when: moment(one.lastUsedAt) })}
              </Text>
            </div>
            {!one.current && (
              <Button variant="default" size="xs" style={{ flex: 'none' }} onClick={() => revoke.mutate(one.id, { onError: toastProblem })}>
                {t('account.end')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
      {items.length > 1 && (
        <Button mt="md" variant="light" color="red" loading={others.isPending} onClick={() => others.mutate(undefined, { onError: toastProblem })}>
          {t('account.endOthers')}
        </Button>
      )}
    </Part>
  )
}
