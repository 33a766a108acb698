import { Alert, Button, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, randomId } from '@/lib/api'
import { wording } from '@/lib/problem'
import { useSignedIn } from '@/lib/session'
import { SHORTEST_HMAC_SECRET, useCreateChannel } from './api'

const SECRET_BYTES = 32

function newSecret(): string {
  return [...crypto.getRandomValues(new Uint8Array(SECRET_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function NewChannelForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation()
  const signedIn = useSignedIn()
  const projects = signedIn.state === 'in' ? signedIn.session.projects : []
  const [projectId, setProjectId] = useState(projects[0]?.id ?? null)
  const [secret, setSecret] = useState('')
  const [shown, setShown] = useState(false)
  const key = useRef(randomId())
  const create = useCreateChannel()
  const wrong = (field: string) =>
    create.error instanceof ApiError && create.error.errors.some((error) => error.field === field) ? wording(create.error) : undefined

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const text = (name: string) => String(given.get(name) ?? '').trim()
    create.mutate(
      {
        key: key.current,
        channel: {
          ...(projectId ? { projectId } : {}),
          name: text('name'),
          type: 'waha',
          waha: { url: text('url'), session: text('session'), ...(text('apiKey') ? { apiKey: text('apiKey') } : {}), hmacSecret: secret },
        },
      },
      { onSuccess: onDone },
    )
  }

  return (
    <form
      onSubmit={submit}
      onChange={() => {
        key.current = randomId()
      }}
    >
      <Stack>
        <TextInput name="name" label={t('channels.name')} maxLength={100} required withAsterisk={false} data-autofocus error={wrong('name')} />
        {projects.length > 1 && (
          <Select
            label={t('channels.project')}
            value={projectId}
            onChange={setProjectId}
            allowDeselect={false}
            data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <TextInput name="url" type="url" label={t('channels.url')} description={t('channels.urlHint')} required withAsterisk={false} error={wrong('waha.url')} />
        <TextInput name="session" label={t('channels.session')} defaultValue="default" required withAsterisk={false} error={wrong('waha.session')} />
        <PasswordInput name="apiKey" label={t('channels.apiKey')} description={t('channels.apiKeyHint')} autoComplete="off" error={wrong('waha.apiKey')} />
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <PasswordInput
            name="hmacSecret"
            label={t('channels.hmac')}
            description={t('channels.hmacHint')}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            visible={shown}
            onVisibilityChange={setShown}
            minLength={SHORTEST_HMAC_SECRET}
            autoComplete="off"
            required
            withAsterisk={false}
            error={wrong('waha.hmacSecret')}
            flex={1}
          />
          <Button
            variant="light"
            onClick={() => {
              setSecret(newSecret())
              setShown(true)
              key.current = randomId()
            }}
          >
            {t('channels.generate')}
          </Button>
        </Group>
        {create.isError && (
          <Alert color="red" icon={<IconAlertCircle />} role="alert">
            {wording(create.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('channels.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
