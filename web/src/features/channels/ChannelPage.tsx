import { Alert, Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArchive, IconArrowLeft } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { moment, phone } from '@/lib/format'
import { useLabels } from '@/lib/labels'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Channel } from '@/lib/types'
import { Confirm } from '@/ui/Confirm'
import { LabelChip } from '@/ui/LabelChip'
import { NotAllowed, Problem } from '@/ui/Notice'
import { Sheet } from '@/ui/Sheet'
import { useArchive, useChannel, useRestore } from './api'
import { ChannelState, Connection, WebhookAddress } from './ChannelParts'
import { SettingsForm } from './SettingsForm'

export function ChannelPage() {
  const { t } = useTranslation()
  const { channelId = '' } = useParams()
  const mayRead = useMay('channel_read')
  return mayRead ? (
    <OneChannel key={channelId} id={channelId} />
  ) : (
    <Sheet title={t('channels.title')}>
      <NotAllowed text={t('channels.notAllowed')} />
    </Sheet>
  )
}

function OneChannel({ id }: { id: string }) {
  const { t } = useTranslation()
  const channel = useChannel(id)
  const title = channel.data?.name ?? t('channels.title')

  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [t, title])

  return (
    <Sheet
      title={title}
      aside={
        <Button component={Link} to="/channels" variant="subtle" leftSection={<IconArrowLeft size={18} />}>
          {t('channels.back')}
        </Button>
      }
    >
      {channel.isPending && <Skeleton height={320} />}
      {channel.isError && !channel.data && <Problem error={channel.error} retry={() => void channel.refetch()} />}
      {channel.data && <Facts channel={channel.data} />}
    </Sheet>
  )
}

function Facts({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const may = useMay('channel_write')
  return (
    <Stack gap="lg">
      {channel.archivedAt && <Archived channel={channel} since={channel.archivedAt} />}
      <Section title={t('channels.state')}>
        <Group justify="space-between" align="flex-start">
          <div>
            <Text>{channel.api ? t('channels.program') : channel.phone ? phone(channel.phone) : t('channels.noPhone')}</Text>
            {channel.leftOut > 0 && (
              <Text size="sm" c="var(--crm-muted)">
                {t('channels.leftOut', { count: channel.leftOut })}
              </Text>
            )}
          </div>
          <ChannelState channel={channel} />
        </Group>
        <WebhookAddress channel={channel} />
        <Connection channel={channel} />
      </Section>
      <Section title={t('channels.settings')}>
        <SettingsForm channel={channel} />
      </Section>
      {channel.waha && <Labels channelId={channel.id} />}
      {may && !channel.archivedAt && <GiveUp channel={channel} />}
    </Stack>
  )
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Card component="section" withBorder padding="lg" bg="var(--crm-pane)" aria-label={title}>
      <Title order={2} size="h5" mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  )
}

/** What the number has on its phone. */
function Labels({ channelId }: { channelId: string }) {
  const { t } = useTranslation()
  const may = useMay('inbox_read')
  const labels = useLabels(channelId)
  if (!may) return null
  return (
    <Section title={t('labels.title')}>
      {labels.isPending && <Skeleton height={30} />}
      {labels.isError && <Problem error={labels.error} retry={() => void labels.refetch()} />}
      {labels.data?.length === 0 && (
        <Text size="sm" c="var(--crm-muted)">
          {t('labels.noneOfChannel')}
        </Text>
      )}
      <Stack gap="xs" role="list" aria-label={t('labels.title')}>
        {labels.data?.map((label) => (
          <Group key={label.id} gap="sm" role="listitem">
            <LabelChip label={label} size="lg" />
            <Text size="sm" c="var(--crm-muted)">
              {t('labels.chats', { count: label.chats })}
            </Text>
          </Group>
        ))}
      </Stack>
    </Section>
  )
}

function Archived({ channel, since }: { channel: Channel; since: string }) {
  const { t } = useTranslation()
  const may = useMay('channel_write')
  const restore = useRestore()

  function takeUp() {
    restore.mutate(channel.id, { onSuccess: () => toastDone(t('channels.restored')), onError: toastProblem })
  }

  return (
    <Alert color="gray" icon={<IconArchive />} title={t('channels.archivedSince', { when: moment(since) })}>
      <Text size="sm">{t('channels.archivedText')}</Text>
      {may && (
        <Button mt="sm" loading={restore.isPending} onClick={takeUp}>
          {t('channels.restore')}
        </Button>
      )}
    </Alert>
  )
}

function GiveUp({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const [asking, question] = useDisclosure(false)
  const archive = useArchive()

  function confirm() {
    archive.mutate(channel.id, {
      onSuccess: () => toastDone(t('channels.archivedDone')),
      onError: (refused) => {
        question.close()
        toastProblem(refused)
      },
    })
  }

  return (
    <div>
      <Button variant="default" leftSection={<IconArchive size={18} />} onClick={question.open}>
        {t('channels.archive')}
      </Button>
      <Confirm
        opened={asking}
        title={t('channels.archiveTitle', { name: channel.name })}
        text={t('channels.archiveText')}
        action={t('channels.archiveConfirm')}
        loading={archive.isPending}
        onConfirm={confirm}
        onClose={question.close}
      />
    </div>
  )
}
