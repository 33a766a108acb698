import { Anchor, Button, Card, Group, Modal, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconApi, IconBrandWhatsapp, IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { moment, phone } from '@/lib/format'
import { toastDone } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Channel } from '@/lib/types'
import { NotAllowed, Notice, Problem } from '@/ui/Notice'
import { Sheet } from '@/ui/Sheet'
import { useArchivedChannels, useChannels } from './api'
import { ChannelState, Connection, WebhookAddress } from './ChannelParts'
import { NewChannelForm } from './NewChannelForm'

export function ChannelsPage() {
  const { t } = useTranslation()
  const mayRead = useMay('channel_read')

  useEffect(() => {
    document.title = `${t('channels.title')} · ${t('app.name')}`
  }, [t])

  return mayRead ? (
    <Channels />
  ) : (
    <Sheet title={t('channels.title')}>
      <NotAllowed text={t('channels.notAllowed')} />
    </Sheet>
  )
}

function Channels() {
  const { t } = useTranslation()
  const may = useMay('channel_write')
  const channels = useChannels()
  const [adding, form] = useDisclosure(false)
  const items = channels.data?.items ?? []
  const add = may && (
    <Button leftSection={<IconPlus size={18} />} onClick={form.open}>
      {t('channels.add')}
    </Button>
  )
  return (
    <Sheet title={t('channels.title')} text={t('channels.text')} aside={items.length > 0 && add}>
      {channels.isPending && <Skeleton height={200} />}
      {channels.isError && <Problem error={channels.error} retry={() => void channels.refetch()} />}
      {channels.isSuccess && items.length === 0 && (
        <Notice icon={<IconPlugConnected />} title={t('channels.emptyTitle')} text={t('channels.emptyText')}>
          {add}
        </Notice>
      )}
      <Stack role="list" aria-label={t('channels.list')}>
        {items.map((channel) => (
          <ChannelCard key={channel.id} channel={channel} />
        ))}
      </Stack>
      <Archived />
      <Modal opened={adding} onClose={form.close} title={t('channels.addTitle')} size="lg" closeButtonProps={{ 'aria-label': t('app.close') }}>
        <NewChannelForm
          onDone={() => {
            form.close()
            toastDone(t('channels.created'))
          }}
          onCancel={form.close}
        />
      </Modal>
    </Sheet>
  )
}

/** Those that were given up, for whoever looks for them. */
function Archived() {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState(false)
  const channels = useArchivedChannels(wanted)
  if (!wanted) {
    return (
      <Button variant="subtle" mt="md" onClick={() => setWanted(true)}>
        {t('channels.showArchived')}
      </Button>
    )
  }
  return (
    <section aria-label={t('channels.archived')}>
      <Title order={2} size="h5" mt="xl" mb="sm">
        {t('channels.archived')}
      </Title>
      {channels.isPending && <Skeleton height={60} />}
      {channels.isError && <Problem error={channels.error} retry={() => void channels.refetch()} />}
      {channels.data?.items.length === 0 && (
        <Text size="sm" c="var(--crm-muted)">
          {t('channels.noneArchived')}
        </Text>
      )}
      <Stack gap="xs" role="list">
        {channels.data?.items.map((channel) => (
          <Group key={channel.id} role="listitem" gap="xs">
            <Anchor component={Link} to={`/channels/${channel.id}`}>
              {channel.name}
            </Anchor>
            <Text size="sm" c="var(--crm-muted)">
              {channel.archivedAt && t('channels.archivedSince', { when: moment(channel.archivedAt) })}
            </Text>
          </Group>
        ))}
      </Stack>
    </section>
  )
}

function ChannelCard({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const Icon = channel.waha ? IconBrandWhatsapp : IconApi
  return (
    <Card withBorder padding="lg" bg="var(--crm-pane)" role="listitem" aria-label={channel.name}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Group wrap="nowrap" style={{ minWidth: 0 }}>
          <Icon size={34} stroke={1.5} color="var(--crm-accent)" aria-hidden style={{ flex: 'none' }} />
          <div style={{ minWidth: 0 }}>
            <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
              <Anchor component={Link} to={`/channels/${channel.id}`} inherit>
                {channel.name}
              </Anchor>
            </Title>
            <Text size="sm" c="var(--crm-muted)">
              {channel.api ? t('channels.program') : channel.phone ? phone(channel.phone) : t('channels.noPhone')}
            </Text>
          </div>
        </Group>
        <ChannelState channel={channel} />
      </Group>
      <Text size="sm" mt="md" style={{ overflowWrap: 'anywhere' }}>
        {channel.waha
          ? `${channel.waha.url} · ${channel.waha.session} · ${t(channel.waha.hasApiKey ? 'channels.hasKey' : 'channels.noKey')}`
          : channel.api?.url}
      </Text>
      {channel.sessionTimeoutMinutes !== null && (
        <Text size="sm" c="var(--crm-muted)">
          {t('channels.timeout', { count: channel.sessionTimeoutMinutes })}
        </Text>
      )}
      <WebhookAddress channel={channel} />
      <Connection channel={channel} />
    </Card>
  )
}
