import { ActionIcon, Alert, Badge, Button, Card, Code, CopyButton, Group, Modal, Select, Skeleton, Stack, Text, TextInput, Title, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck, IconCopy, IconKey, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { randomId } from '@/lib/api'
import { fullDate, moment } from '@/lib/format'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import { Confirm } from '@/ui/Confirm'
import { NotAllowed, Notice, Problem } from '@/ui/Notice'
import { Sheet } from '@/ui/Sheet'
import { useApiKeys, useCreateApiKey, useRevokeApiKey, type ApiKey } from './api'
import { PermissionBadges, PermissionChoice } from './PermissionChoice'
import { TeamSections } from './TeamSections'

export function KeysPage() {
  const { t } = useTranslation()
  const may = useMay('api_key_manage')
  const [making, form] = useDisclosure(false)

  useEffect(() => {
    document.title = `${t('keys.title')} · ${t('app.name')}`
  }, [t])

  return (
    <Sheet
      title={t('keys.title')}
      text={t('keys.text')}
      aside={
        may && (
          <Button leftSection={<IconPlus size={18} />} onClick={form.open}>
            {t('keys.add')}
          </Button>
        )
      }
    >
      <TeamSections />
      {may ? <Keys /> : <NotAllowed text={t('keys.notAllowed')} />}
      {making && <NewKeyDialog onClose={form.close} />}
    </Sheet>
  )
}

function Keys() {
  const { t } = useTranslation()
  const apiKeys = useApiKeys()
  const items = apiKeys.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      {apiKeys.isPending && <Skeleton height={200} />}
      {apiKeys.isError && items.length === 0 && <Problem error={apiKeys.error} retry={() => void apiKeys.refetch()} />}
      {apiKeys.isSuccess && items.length === 0 && <Notice icon={<IconKey />} title={t('keys.emptyTitle')} text={t('keys.emptyText')} />}
      <Stack role="list" aria-label={t('keys.title')}>
        {items.map((key) => (
          <KeyCard key={key.id} apiKey={key} />
        ))}
      </Stack>
      {apiKeys.hasNextPage && (
        <Button variant="subtle" mt="md" loading={apiKeys.isFetchingNextPage} onClick={() => void apiKeys.fetchNextPage()}>
          {t('app.more')}
        </Button>
      )}
    </>
  )
}

function KeyCard({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const [asking, question] = useDisclosure(false)
  const revoke = useRevokeApiKey()
  const expired = apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) <= Date.now()

  function confirm() {
    revoke.mutate(apiKey.id, {
      onSuccess: () => toastDone(t('keys.revoked', { name: apiKey.name })),
      onError: toastProblem,
    })
  }

  return (
    <Card withBorder padding="md" bg="var(--crm-pane)" role="listitem" aria-label={apiKey.name}>
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0, flex: 1 }}>
          <Group gap="xs">
            <Title order={2} size="h5" style={{ overflowWrap: 'anywhere' }}>
              {apiKey.name}
            </Title>
            {expired && <Badge color="gray">{t('keys.expired')}</Badge>}
          </Group>
          <Text size="sm" c="var(--crm-muted)">
            <Code>{apiKey.prefix}…</Code> · {t('keys.madeOn', { when: fullDate(apiKey.createdAt) })} ·{' '}
            {apiKey.expiresAt ? t('keys.goodUntil', { when: moment(apiKey.expiresAt) }) : t('keys.neverExpires')}
          </Text>
          <Text size="sm" c="var(--crm-muted)">
            {apiKey.lastUsedAt ? t('keys.lastUsed', { when: moment(apiKey.lastUsedAt) }) : t('keys.neverUsed')}
          </Text>
          <PermissionBadges label={t('keys.scopes')} permissions={apiKey.scopes} />
        </div>
        <Button variant="default" onClick={question.open}>
          {t('keys.revoke')}
        </Button>
      </Group>
      <Confirm
        opened={asking}
        title={t('keys.revokeTitle', { name: apiKey.name })}
        text={t('keys.revokeText')}
        action={t('keys.revokeConfirm')}
        loading={revoke.isPending}
        onConfirm={confirm}
        onClose={question.close}
      />
    </Card>
  )
}

const DAY_MS = 86_400_000
/** In days; a key that nobody remembers is best one that ends by itself, so the choice begins with an end. */
const LIFETIMES = ['30', '90', '365'] as const
const FOR_EVER = 'never'

function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const create = useCreateApiKey()
  // A click beside it must not throw away a key that is shown this once.
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={!create.isSuccess}
      closeOnEscape={!create.isSuccess}
      title={t(create.isSuccess ? 'keys.madeTitle' : 'keys.addTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {create.isSuccess ? <KeyOnce text={create.data.key} onDone={onClose} /> : <NewKeyForm create={create} />}
    </Modal>
  )
}

function NewKeyForm({ create }: { create: ReturnType<typeof useCreateApiKey> }) {
  const { t } = useTranslation()
  const [scopes, setScopes] = useState<string[]>([])
  const [lifetime, setLifetime] = useState<string>(LIFETIMES[1])
  const once = useRef(randomId())

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    const expiresAt = lifetime === FOR_EVER ? null : new Date(Date.now() + Number(lifetime) * DAY_MS).toISOString()
    create.mutate(
      { once: once.current, name, scopes, expiresAt },
      {
        onError: (refused) => {
          once.current = randomId()
          toastProblem(refused)
        },
      },
    )
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput name="name" label={t('keys.name')} description={t('keys.nameHint')} maxLength={100} required withAsterisk={false} data-autofocus />
        <Select
          label={t('keys.lifetime')}
          value={lifetime}
          onChange={(chosen) => chosen && setLifetime(chosen)}
          allowDeselect={false}
          data={[
            ...LIFETIMES.map((days) => ({ value: days, label: t('keys.days', { count: Number(days) }) })),
            { value: FOR_EVER, label: t('keys.forEver') },
          ]}
        />
        <PermissionChoice label={t('keys.scopes')} value={scopes} onChange={setScopes} />
        <Button type="submit" disabled={scopes.length === 0} loading={create.isPending}>
          {t('keys.create')}
        </Button>
      </Stack>
    </form>
  )
}

function KeyOnce({ text, onDone }: { text: string; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack>
      <Alert color="green" icon={<IconKey />} role="status">
        {t('keys.madeText')}
      </Alert>
      <Group gap="xs" wrap="nowrap">
        <Code fz="sm" p="sm" flex={1} style={{ overflowWrap: 'anywhere' }} aria-label={t('keys.one')}>
          {text}
        </Code>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Tooltip label={t(copied ? 'app.copied' : 'app.copy')}>
              <ActionIcon variant="light" size="lg" aria-label={t('keys.copy')} onClick={copy} data-autofocus>
                {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </Group>
      <Button onClick={onDone}>{t('keys.kept')}</Button>
    </Stack>
  )
}
