import { Alert, Button, Fieldset, Group, NumberInput, PasswordInput, Select, Stack, Switch, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/lib/api'
import { usePipelines } from '@/lib/pipelines'
import { toastDone, wording } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Channel } from '@/lib/types'
import { SHORTEST_HMAC_SECRET, useChangeChannel, type ChannelChange } from './api'

const LONGEST_TIMEOUT_MINUTES = 30 * 24 * 60

/** What the form says, as it says it: texts where something is typed. */
type Filled = {
  name: string
  url: string
  session: string
  apiKey: string
  secret: string
  minutes: string
  pipelineId: string | null
  groups: boolean
  statusPosts: boolean
  readReceipts: boolean
}

const asItIs = (channel: Channel): Filled => ({
  name: channel.name,
  url: (channel.waha ?? channel.api)?.url ?? '',
  session: channel.waha?.session ?? '',
  apiKey: '',
  secret: '',
  minutes: channel.sessionTimeoutMinutes === null ? '' : String(channel.sessionTimeoutMinutes),
  pipelineId: channel.defaultPipelineId,
  groups: channel.groups,
  statusPosts: channel.statusPosts,
  readReceipts: channel.readReceipts,
})

/** Only what is another. */
function changeOf(channel: Channel, before: Filled, typed: Partial<Filled>): ChannelChange {
  const news = (field: keyof Filled) => typed[field] !== undefined && typed[field] !== before[field]
  const server = {
    ...(news('url') ? { url: typed.url } : {}),
    ...(news('session') ? { session: typed.session } : {}),
    ...(typed.apiKey ? { apiKey: typed.apiKey } : {}),
    ...(typed.secret ? (channel.waha ? { hmacSecret: typed.secret } : { secret: typed.secret }) : {}),
  }
  return {
    ...(news('name') ? { name: typed.name } : {}),
    ...(Object.keys(server).length > 0 ? (channel.waha ? { waha: server } : { api: server }) : {}),
    ...(news('minutes') ? { sessionTimeoutMinutes: typed.minutes === '' ? null : Number(typed.minutes) } : {}),
    ...(news('pipelineId') ? { defaultPipelineId: typed.pipelineId } : {}),
    ...(news('groups') ? { groups: typed.groups } : {}),
    ...(news('statusPosts') ? { statusPosts: typed.statusPosts } : {}),
    ...(news('readReceipts') ? { readReceipts: typed.readReceipts } : {}),
  }
}

export function SettingsForm({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const may = useMay('channel_write') && !channel.archivedAt
  const seesPipelines = useMay('pipeline_read')
  const [typed, setTyped] = useState<Partial<Filled>>({})
  // What stood here when the first field was touched; what others change meanwhile shows in the fields that were not.
  const [base, setBase] = useState<Channel | null>(null)
  const save = useChangeChannel()
  const current = asItIs(channel)
  const shown = { ...current, ...typed }
  const change = changeOf(channel, current, typed)
  const wrong = (...fields: string[]) =>
    save.error instanceof ApiError && save.error.errors.some(({ field }) => fields.includes(field)) ? wording(save.error) : undefined
  const placed = wrong('name', 'waha.url', 'api.url', 'waha.session', 'waha.apiKey', 'waha.hmacSecret', 'api.secret', 'sessionTimeoutMinutes', 'defaultPipelineId')

  function say(said: Partial<Filled>) {
    setBase((before) => before ?? channel)
    setTyped((before) => ({ ...before, ...said }))
  }

  function leave() {
    setTyped({})
    setBase(null)
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // A channel's version rises also when it is connected or gets another webhook address, which is nothing that is decided here.
    const untouched = base === null || JSON.stringify(asItIs(base)) === JSON.stringify(current)
    save.mutate(
      { id: channel.id, version: untouched ? channel.version : base.version, change },
      {
        onSuccess: () => {
          leave()
          toastDone(t('channels.saved'))
        },
        // What others changed stands in the form now: whoever saves again has seen it.
        onError: () => setBase(null),
      },
    )
  }

  return (
    <form onSubmit={submit}>
      <Fieldset variant="unstyled" disabled={!may}>
        <Stack>
          <TextInput
            label={t('channels.name')}
            value={shown.name}
            onChange={(event) => say({ name: event.currentTarget.value })}
            maxLength={100}
            required
            withAsterisk={false}
            error={wrong('name')}
          />
          <TextInput
            type="url"
            label={t(channel.waha ? 'channels.url' : 'channels.programUrl')}
            value={shown.url}
            onChange={(event) => say({ url: event.currentTarget.value })}
            required
            withAsterisk={false}
            error={wrong('waha.url', 'api.url')}
          />
          {channel.waha && (
            <>
              <TextInput
                label={t('channels.session')}
                description={t('channels.sessionHint')}
                value={shown.session}
                onChange={(event) => say({ session: event.currentTarget.value })}
                required
                withAsterisk={false}
                error={wrong('waha.session')}
              />
              {may && (
                <PasswordInput
                  label={t('channels.newApiKey')}
                  description={t(channel.waha.hasApiKey ? 'channels.keepKey' : 'channels.apiKeyHint')}
                  value={shown.apiKey}
                  onChange={(event) => say({ apiKey: event.currentTarget.value })}
                  autoComplete="off"
                  error={wrong('waha.apiKey')}
                />
              )}
            </>
          )}
          {may && (
            <PasswordInput
              label={t(channel.waha ? 'channels.newHmac' : 'channels.newSecret')}
              description={t('channels.keepSecret')}
              value={shown.secret}
              onChange={(event) => say({ secret: event.currentTarget.value })}
              minLength={SHORTEST_HMAC_SECRET}
              autoComplete="off"
              error={wrong('waha.hmacSecret', 'api.secret')}
            />
          )}
          <NumberInput
            label={t('channels.minutes')}
            description={t('channels.minutesHint')}
            value={shown.minutes}
            onChange={(minutes) => say({ minutes: String(minutes) })}
            min={1}
            max={LONGEST_TIMEOUT_MINUTES}
            allowDecimal={false}
            error={wrong('sessionTimeoutMinutes')}
          />
          {seesPipelines && <FirstPipeline channel={channel} value={shown.pipelineId} onChange={(pipelineId) => say({ pipelineId })} error={wrong('defaultPipelineId')} />}
          <Switch label={t('channels.groups')} description={t('channels.groupsHint')} checked={shown.groups} onChange={(event) => say({ groups: event.currentTarget.checked })} />
          <Switch
            label={t('channels.statusPosts')}
            description={t('channels.statusPostsHint')}
            checked={shown.statusPosts}
            onChange={(event) => say({ statusPosts: event.currentTarget.checked })}
          />
          <Switch
            label={t('channels.readReceipts')}
            description={t('channels.readReceiptsHint')}
            checked={shown.readReceipts}
            onChange={(event) => say({ readReceipts: event.currentTarget.checked })}
          />
          {save.isError && !placed && (
            <Alert color="red" icon={<IconAlertCircle />} role="alert">
              {wording(save.error)}
            </Alert>
          )}
          {may && (
            <Group justify="flex-end">
              <Button variant="default" disabled={Object.keys(change).length === 0} onClick={leave}>
                {t('app.cancel')}
              </Button>
              <Button type="submit" disabled={Object.keys(change).length === 0} loading={save.isPending}>
                {t('app.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </Fieldset>
    </form>
  )
}

type FirstPipelineProps = { channel: Channel; value: string | null; onChange: (id: string | null) => void; error?: string }

/** Which one somebody enters who writes for the first time. */
function FirstPipeline({ channel, value, onChange, error }: FirstPipelineProps) {
  const { t } = useTranslation()
  const pipelines = usePipelines(channel.projectId)
  const items = pipelines.data?.items.filter(({ id, archived }) => !archived || id === value) ?? []
  return (
    <Select
      label={t('channels.pipeline')}
      description={t('channels.pipelineHint')}
      placeholder={t('channels.noPipeline')}
      value={value}
      onChange={onChange}
      clearable
      clearButtonProps={{ 'aria-label': t('channels.noPipeline') }}
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      error={error}
    />
  )
}
