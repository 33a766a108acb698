import { ActionIcon, Badge, Button, Checkbox, Code, CopyButton, Group, Modal, Stack, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck, IconCopy, IconPlugConnectedX, IconQrcode, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { moment } from '@/lib/format'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Channel, ChannelStatus } from '@/lib/types'
import { useConnect, useDisconnect, useRotateWebhookKey } from './api'
import { ConnectDialog } from './ConnectDialog'

const STATUS_COLOURS: Record<ChannelStatus, string> = {
  new: 'gray',
  starting: 'blue',
  pairing: 'orange',
  connected: 'green',
  failed: 'red',
  stopped: 'gray',
}

export function ChannelState({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  return (
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
  )
}

/** Connects a number and disconnects it, for those who may. */
export function Connection({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const may = useMay('channel_write')
  const [connecting, dialog] = useDisclosure(false)
  const [leaving, farewell] = useDisclosure(false)
  const connect = useConnect()
  if (!may || !channel.waha || channel.archivedAt) return null

  function begin() {
    dialog.open()
    connect.mutate(channel.id)
  }

  return (
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
      <ConnectDialog channel={channel} connect={connect} opened={connecting} onClose={dialog.close} />
      <DisconnectDialog channel={channel} opened={leaving} onClose={farewell.close} />
    </Group>
  )
}

/** Where WAHA has to deliver; whoever may gives it another when it got into wrong hands. */
export function WebhookAddress({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const may = useMay('channel_write')
  const [asking, question] = useDisclosure(false)
  const rotate = useRotateWebhookKey()
  if (!channel.webhookPath || channel.archivedAt) return null
  const webhook = location.origin + channel.webhookPath

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
    </>
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
