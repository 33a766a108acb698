import { Badge, Button, Card, ColorSwatch, Group, Modal, NumberInput, Select, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { randomId } from '@/lib/api'
import { usePipelines } from '@/lib/pipelines'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Pipeline, PipelineStatus } from '@/lib/types'
import { NotAllowed, Problem } from '@/ui/Notice'
import { Sheet } from '@/ui/Sheet'
import { useChangePipeline, useChangeReason, useChangeStatus, useDefinePipeline } from './api'
import { StatusDialog } from './StatusDialog'
import { useUsualStatuses } from './usual'

const LONGEST = { name: 100, reason: 200 }
/** A month, as the server has it. */
const LONGEST_TIMEOUT_MINUTES = 43_200

/** How a pipeline is: its name, its statuses and the ways between them, its reasons for a loss. */
export function SettingsPage() {
  const { t } = useTranslation()
  const { pipelineId } = useParams()
  const navigate = useNavigate()
  const mayManage = useMay('pipeline_manage')
  const pipelines = usePipelines()
  const [making, form] = useDisclosure(false)
  const all = pipelines.data?.items ?? []
  const shown = all.find(({ id }) => id === pipelineId)

  useEffect(() => {
    document.title = `${t('pipelines.settings.title')} · ${t('app.name')}`
  }, [t])

  if (!mayManage) return <NotAllowed text={t('pipelines.settings.notAllowed')} />
  return (
    <Sheet
      title={t('pipelines.settings.title')}
      text={t('pipelines.settings.text')}
      aside={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={form.open}>
          {t('pipelines.settings.add')}
        </Button>
      }
    >
      <Group mb="lg">
        <Select
          aria-label={t('pipelines.choose')}
          placeholder={t('pipelines.choose')}
          data={all.map(({ id, name, archived }) => ({ value: id, label: archived ? t('pipelines.settings.nameArchived', { name }) : name }))}
          value={shown?.id ?? null}
          allowDeselect={false}
          onChange={(id) => id && void navigate(`/pipelines/${id}/settings`)}
        />
        {shown && !shown.archived && (
          <Button component={Link} to={`/pipelines/${shown.id}`} variant="subtle">
            {t('pipelines.settings.board')}
          </Button>
        )}
      </Group>
      {pipelines.isPending && <Skeleton height={320} />}
      {pipelines.isError && !pipelines.data && <Problem error={pipelines.error} retry={() => void pipelines.refetch()} />}
      {shown && (
        <Stack gap="xl" key={shown.id}>
          <General pipeline={shown} />
          {!shown.archived && <Statuses pipeline={shown} />}
          {!shown.archived && <Reasons pipeline={shown} />}
        </Stack>
      )}
      {making && <NewDialog onClose={form.close} />}
    </Sheet>
  )
}

function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {aside}
      </Group>
      {children}
    </section>
  )
}

function General({ pipeline }: { pipeline: Pipeline }) {
  const { t } = useTranslation()
  const change = useChangePipeline(pipeline)
  const [name, setName] = useState(pipeline.name)
  const [minutes, setMinutes] = useState<number | string>(pipeline.sessionTimeoutMinutes ?? '')

  function save(event: FormEvent) {
    event.preventDefault()
    const sessionTimeoutMinutes = typeof minutes === 'number' ? minutes : null
    change.mutate({ name, sessionTimeoutMinutes }, { onSuccess: () => toastDone(t('pipelines.settings.saved')), onError: toastProblem })
  }

  return (
    <Section
      title={t('pipelines.settings.general')}
      aside={
        <Group gap="xs">
          {pipeline.isDefault && <Badge variant="light">{t('pipelines.settings.isDefault')}</Badge>}
          {pipeline.archived && <Badge color="gray">{t('pipelines.settings.archived')}</Badge>}
        </Group>
      }
    >
      <form onSubmit={save}>
        <Stack maw={420}>
          {!pipeline.archived && (
            <>
              <TextInput
                label={t('pipelines.settings.name')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                maxLength={LONGEST.name}
                required
                withAsterisk={false}
              />
              <NumberInput
                label={t('pipelines.settings.timeout')}
                description={t('pipelines.settings.timeoutHint')}
                value={minutes}
                onChange={setMinutes}
                min={1}
                max={LONGEST_TIMEOUT_MINUTES}
                allowDecimal={false}
              />
            </>
          )}
          <Group>
            {!pipeline.archived && (
              <Button type="submit" loading={change.isPending}>
                {t('app.save')}
              </Button>
            )}
            {!pipeline.archived && !pipeline.isDefault && (
              <Button variant="default" onClick={() => change.mutate({ isDefault: true }, { onError: toastProblem })}>
                {t('pipelines.settings.makeDefault')}
              </Button>
            )}
            {!pipeline.isDefault && (
              <Button variant="default" onClick={() => change.mutate({ archived: !pipeline.archived }, { onError: toastProblem })}>
                {t(pipeline.archived ? 'pipelines.settings.restore' : 'pipelines.settings.archive')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Section>
  )
}

function Statuses({ pipeline }: { pipeline: Pipeline }) {
  const { t } = useTranslation()
  const [making, form] = useDisclosure(false)
  return (
    <Section
      title={t('pipelines.settings.statuses')}
      aside={
        <Button variant="light" onClick={form.open}>
          {t('pipelines.settings.addStatus')}
        </Button>
      }
    >
      <Stack gap="xs" role="list" aria-label={t('pipelines.settings.statuses')}>
        {pipeline.statuses.map((status) => (
          <StatusRow key={status.id} pipeline={pipeline} status={status} />
        ))}
      </Stack>
      {making && <StatusDialog pipeline={pipeline} onClose={form.close} />}
    </Section>
  )
}

function StatusRow({ pipeline, status }: { pipeline: Pipeline; status: PipelineStatus }) {
  const { t } = useTranslation()
  const [editing, form] = useDisclosure(false)
  const order = useChangePipeline(pipeline)
  const change = useChangeStatus(pipeline)
  const present = pipeline.statuses.filter(({ archived }) => !archived).map(({ id }) => id)
  const place = present.indexOf(status.id)
  const names = (ids: string[]) =>
    pipeline.statuses
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ')

  function moveTo(to: number) {
    const statusOrder = present.filter((id) => id !== status.id)
    statusOrder.splice(to, 0, status.id)
    order.mutate({ statusOrder }, { onError: toastProblem })
  }

  return (
    <Card withBorder padding="sm" bg="var(--crm-pane)" role="listitem" aria-label={status.name}>
      <Group align="flex-start">
        <ColorSwatch color={status.colour} size={18} mt={3} aria-hidden />
        <div style={{ minWidth: 0, flex: '1 1 200px' }}>
          <Group gap="xs">
            <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
              {status.name}
            </Text>
            <Badge variant="light" color="gray">
              {t(`pipelines.settings.kinds.${status.kind}`)}
            </Badge>
            {status.archived && <Badge color="gray">{t('pipelines.settings.archived')}</Badge>}
          </Group>
          {status.next && (
            <Text size="sm" c="var(--crm-muted)">
              {status.next.length > 0 ? t('pipelines.settings.leadsTo', { statuses: names(status.next) }) : t('pipelines.settings.leadsNowhere')}
            </Text>
          )}
        </div>
        <Group gap="xs" justify="flex-end">
          {!status.archived && (
            <>
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t('pipelines.settings.up', { name: status.name })}
                disabled={place === 0 || order.isPending}
                onClick={() => moveTo(place - 1)}
              >
                <IconArrowUp size={16} aria-hidden />
              </Button>
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t('pipelines.settings.down', { name: status.name })}
                disabled={place === present.length - 1 || order.isPending}
                onClick={() => moveTo(place + 1)}
              >
                <IconArrowDown size={16} aria-hidden />
              </Button>
              <Button variant="default" size="compact-sm" onClick={form.open}>
                {t('pipelines.settings.edit')}
              </Button>
            </>
          )}
          <Button
            variant="default"
            size="compact-sm"
            loading={change.isPending}
            onClick={() => change.mutate({ id: status.id, archived: !status.archived }, { onError: toastProblem })}
          >
            {t(status.archived ? 'pipelines.settings.restore' : 'pipelines.settings.archive')}
          </Button>
        </Group>
      </Group>
      {editing && <StatusDialog pipeline={pipeline} status={status} onClose={form.close} />}
    </Card>
  )
}

function Reasons({ pipeline }: { pipeline: Pipeline }) {
  const { t } = useTranslation()
  const add = useChangeReason(pipeline)
  const [text, setText] = useState('')
  const once = useRef(randomId())

  function submit(event: FormEvent) {
    event.preventDefault()
    add.mutate(
      { once: once.current, text: text.trim() },
      {
        onSuccess: () => {
          once.current = randomId()
          setText('')
        },
        onError: (refused) => {
          once.current = randomId()
          toastProblem(refused)
        },
      },
    )
  }

  return (
    <Section title={t('pipelines.settings.reasons')}>
      <Stack gap="xs" role="list" aria-label={t('pipelines.settings.reasons')}>
        {pipeline.lossReasons.map((reason) => (
          <ReasonRow key={reason.id} pipeline={pipeline} reason={reason} />
        ))}
      </Stack>
      <form onSubmit={submit}>
        <Group mt="sm" align="flex-end">
          <TextInput
            label={t('pipelines.settings.newReason')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            maxLength={LONGEST.reason}
            style={{ flex: 1 }}
          />
          <Button type="submit" variant="light" disabled={!text.trim()} loading={add.isPending}>
            {t('pipelines.settings.addReason')}
          </Button>
        </Group>
      </form>
    </Section>
  )
}

function ReasonRow({ pipeline, reason }: { pipeline: Pipeline; reason: Pipeline['lossReasons'][number] }) {
  const { t } = useTranslation()
  const change = useChangeReason(pipeline)
  const [text, setText] = useState<string | null>(null)

  function save(event: FormEvent) {
    event.preventDefault()
    change.mutate({ id: reason.id, text: text ?? '' }, { onSuccess: () => setText(null), onError: toastProblem })
  }

  return (
    <Card withBorder padding="sm" bg="var(--crm-pane)" role="listitem" aria-label={reason.text}>
      {text === null ? (
        <Group wrap="nowrap">
          <Text style={{ flex: 1, overflowWrap: 'anywhere' }} c={reason.archived ? 'var(--crm-muted)' : undefined}>
            {reason.text}
          </Text>
          {reason.archived ? (
            <Badge color="gray">{t('pipelines.settings.archived')}</Badge>
          ) : (
            <Button variant="default" size="compact-sm" onClick={() => setText(reason.text)}>
              {t('pipelines.settings.edit')}
            </Button>
          )}
          <Button
            variant="default"
            size="compact-sm"
            loading={change.isPending}
            onClick={() => change.mutate({ id: reason.id, archived: !reason.archived }, { onError: toastProblem })}
          >
            {t(reason.archived ? 'pipelines.settings.restore' : 'pipelines.settings.archive')}
          </Button>
        </Group>
      ) : (
        <form onSubmit={save}>
          <Group wrap="nowrap">
            <TextInput
              aria-label={t('pipelines.reason')}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              maxLength={LONGEST.reason}
              style={{ flex: 1 }}
              data-autofocus
            />
            <Button type="submit" size="compact-sm" loading={change.isPending}>
              {t('app.save')}
            </Button>
            <Button variant="default" size="compact-sm" onClick={() => setText(null)}>
              {t('app.cancel')}
            </Button>
          </Group>
        </form>
      )}
    </Card>
  )
}

/** Another pipeline begins with the usual statuses, which are changed then. */
function NewDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const define = useDefinePipeline()
  const statuses = useUsualStatuses()
  const [name, setName] = useState('')
  const key = useRef(randomId())

  function submit(event: FormEvent) {
    event.preventDefault()
    define.mutate(
      { name: name.trim(), statuses, key: key.current },
      {
        onSuccess: (made) => {
          onClose()
          void navigate(`/pipelines/${made.id}/settings`)
        },
        onError: (refused) => {
          key.current = randomId()
          toastProblem(refused)
        },
      },
    )
  }

  return (
    <Modal opened onClose={onClose} title={t('pipelines.settings.add')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('pipelines.settings.name')}
            description={t('pipelines.settings.usualHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={LONGEST.name}
            required
            withAsterisk={false}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={define.isPending}>
              {t('pipelines.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
