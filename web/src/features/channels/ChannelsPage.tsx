import { ActionIcon, Badge, Button, Card, Checkbox, Code, CopyButton, Group, Modal, Skeleton, Stack, Text, Title, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconApi, IconBrandWhatsapp, IconCheck, IconCopy, IconPlugConnected, IconPlugConnectedX, IconPlus, IconQrcode, IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { moment, phone } from '@/lib/format'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Channel, ChannelStatus } from '@/lib/types'
import { Notice, Problem } from '@/ui/Notice'
import { Sheet } from '@/ui/Sheet'
import { useChannels, useConnect, useDisconnect, useRotateWebhookKey } from './api'
import { ConnectDialog } from './ConnectDialog'
import { NewChannelForm } from './NewChannelForm'

const STATUS_COLOURS: Record<ChannelStatus, string> = {
  new: 'gray',
  starting: 'blue',
  pairing: 'orange',
  connected: 'green',
  failed: 'red',
  stopped: 'gray',
}

export function ChannelsPage() {
  const { t } = useTranslation()
  const may = useMay('channel_write')
  const channels = useChannels()
  const [adding, form] = useDisclosure(false)
  const items = channels.data?.items ?? []

  useEffect(() => {
    document.title = `${t('channels.title')} · ${t('app.name')}`
  }, [t])

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

function ChannelCard({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const may = useMay('channel_write')
  const [asking, question] = useDisclosure(false)
  const [connecting, dialog] = useDisclosure(false)
  const [leaving, farewell] = useDisclosure(false)
  const rotate = useRotateWebhookKey()
  const connect = useConnect()
  const Icon = channel.waha ? IconBrandWhatsapp : IconApi
  const webhook = channel.webhookPath && location.origin + channel.webhookPath

  function begin() {
    dialog.open()
    connect.mutate(channel.id)
  }

  function confirm() {
    rotate.mutate(channel.id, {
      onSuccess: () => {
        question.close()
        toastDone(t('channels.rotated'))
      },
      onError: toastProblem,
    })
  }

  return (
    <Card withBorder padding="lg" bg="var(--crm-pane)" role="listitem" aria-label={channel.name}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Group wrap="nowrap" style={{ minWidth: 0 }}>
          <Icon size={34} stroke={1.5} color="var(--crm-accent)" aria-hidden style={{ flex: 'none' }} />
          <div style={{ minWidth: 0 }}>
            <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
              {channel.name}
            </Title>
            <Text size="sm" c="var(--crm-muted)">
              {channel.api ? t('channels.program') : channel.phone ? phone(channel.phone) : t('channels.noPhone')}
            </Text>
          </div>
        </Group>
        <Stack gap={2} align="flex-end" style={{ flex: 'none' }}>
          <Badge color={STATUS_COLOURS[channel.status]} variant="light" aria-live="polite">
            {t(`channels.status.${channel.status}`)}
          </Badge>
          {channel.statusAt && (
            <Text size="xs" c="var(--crm-muted)">
              {t('channels.since', { when: moment(channel.statusAt) })}
            </Text>
          )}
        </Stack>
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
      {webhook && (
        <>
          <Text size="sm" fw={600} mt="md">
            {t('channels.webhook')}
          </Text>
          <Group gap="xs" wrap="nowrap">
            <Code fz="sm" p={8} flex={1} style={{ overflowWrap: 'anywhere' }}>
              {webhook}
            </Code>
            <CopyButton value={webhook}>
              {({ copied, copy }) => (
                <Tooltip label={t(copied ? 'app.copied' : 'app.copy')}>
                  <ActionIcon variant="light" size="lg" aria-label={t('channels.copyWebhook')} onClick={copy}>
                    {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
                  </ActionIcon>
                </Tooltip>
              )}
            </CopyButton>
            {may && (
              <Button variant="default" leftSection={<IconRefresh size={17} />} onClick={question.open}>
                {t('channels.rotate')}
              </Button>
            )}
          </Group>
          <Text size="xs" c="var(--crm-muted)" mt={4}>
            {t('channels.webhookHint')}
          </Text>
        </>
      )}
      {may && channel.waha && (
        <Group mt="md" gap="xs">
          {channel.status !== 'connected' && (
            <Button leftSection={<IconQrcode size={18} />} onClick={begin}>
              {t('channels.connect')}
            </Button>
          )}
          {channel.status !== 'new' && channel.status !== 'stopped' && (
            <Button variant="default" leftSection={<IconPlugConnectedX size={18} />} onClick={farewell.open}>
              {t('channels.disconnect')}
            </Button>
          )}
        </Group>
      )}
      <ConnectDialog channel={channel} connect={connect} opened={connecting} onClose={dialog.close} />
      <DisconnectDialog channel={channel} opened={leaving} onClose={farewell.close} />
      <Modal opened={asking} onClose={question.close} title={t('channels.rotateTitle')} closeButtonProps={{ 'aria-label': t('app.close') }}>
        <Text size="sm">{t('channels.rotateText')}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={question.close}>
            {t('app.cancel')}
          </Button>
          <Button color="red" loading={rotate.isPending} onClick={confirm}>
            {t('channels.rotateConfirm')}
          </Button>
        </Group>
      </Modal>
    </Card>
  )
}

function DisconnectDialog({ channel, opened, onClose }: { channel: Channel; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [logOut, setLogOut] = useState(false)
  const disconnect = useDisconnect()

  function confirm() {
    disconnect.mutate(
      { id: channel.id, logOut },
      {
        onSuccess: () => {
          onClose()
          toastDone(t('channels.disconnected'))
        },
        onError: toastProblem,
      },
    )
  }

  return (
    <Modal opened={opened} onClose={onClose} title={t('channels.disconnectTitle', { name: channel.name })} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <Text size="sm">{t('channels.disconnectText')}</Text>
      <Checkbox mt="md" label={t('channels.logOut')} checked={logOut} onChange={(event) => setLogOut(event.currentTarget.checked)} />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button color="red" loading={disconnect.isPending} onClick={confirm}>
          {t('channels.disconnectConfirm')}
        </Button>
      </Group>
    </Modal>
  )
}
