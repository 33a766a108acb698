import { Alert, Button, Center, Code, Divider, Group, Image, List, Loader, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/lib/api'
import { phone } from '@/lib/format'
import { wording } from '@/lib/problem'
import type { Channel } from '@/lib/types'
import { usePairingCode, useQr, type useConnect } from './api'

const QR_SIDE = 260

type Props = { channel: Channel; connect: ReturnType<typeof useConnect>; opened: boolean; onClose: () => void }

/** From the wish to connect until the phone has scanned: the card's channel changes by live events meanwhile. */
export function ConnectDialog({ channel, connect, opened, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('channels.connectTitle', { name: channel.name })} closeButtonProps={{ 'aria-label': t('app.close') }}>
      {channel.status === 'connected' ? (
        <Stack align="center" py="md">
          <IconCircleCheck size={56} stroke={1.4} color="var(--mantine-color-green-6)" aria-hidden />
          <Text role="status" ta="center">
            {channel.phone ? t('channels.connectedAs', { phone: phone(channel.phone) }) : t('channels.isConnected')}
          </Text>
          <Button onClick={onClose}>{t('app.close')}</Button>
        </Stack>
      ) : (
        <Pairing channel={channel} connect={connect} />
      )}
    </Modal>
  )
}

function Pairing({ channel, connect }: { channel: Channel; connect: ReturnType<typeof useConnect> }) {
  const { t } = useTranslation()
  const over = connect.isSuccess && (channel.status === 'failed' || channel.status === 'stopped')
  const qr = useQr(channel.id, connect.isSuccess && !over)
  const trouble = connect.error ?? (qr.error instanceof ApiError && qr.error.code === 'channel_not_pairing' ? null : qr.error)

  if (trouble || over) {
    return (
      <Stack>
        <Alert color={trouble ? 'red' : 'orange'} icon={<IconAlertCircle />} role="alert">
          {trouble ? wording(trouble) : t('channels.pairingOver')}
        </Alert>
        <Group justify="flex-end">
          <Button loading={connect.isPending} onClick={() => connect.mutate(channel.id)}>
            {t('app.retry')}
          </Button>
        </Group>
      </Stack>
    )
  }
  return (
    <Stack>
      <List type="ordered" size="sm">
        <List.Item>{t('channels.step1')}</List.Item>
        <List.Item>{t('channels.step2')}</List.Item>
        <List.Item>{t('channels.step3')}</List.Item>
      </List>
      <Center h={QR_SIDE} aria-live="polite">
        {qr.data && !qr.isError ? (
          <Image src={qr.data} alt={t('channels.qr')} w={QR_SIDE} h={QR_SIDE} fit="contain" bg="white" p="xs" radius="md" style={{ imageRendering: 'pixelated' }} />
        ) : (
          <Group gap="sm">
            <Loader size="sm" />
            <Text size="sm">{t('channels.qrComing')}</Text>
          </Group>
        )}
      </Center>
      <Divider label={t('channels.orCode')} />
      <PairingCode channel={channel} ready={qr.isSuccess} />
    </Stack>
  )
}

function PairingCode({ channel, ready }: { channel: Channel; ready: boolean }) {
  const { t } = useTranslation()
  const code = usePairingCode()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    code.mutate({ id: channel.id, phone: String(new FormData(event.currentTarget).get('phone')).trim() })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="flex-end" wrap="nowrap">
          <TextInput
            name="phone"
            type="tel"
            label={t('channels.phoneToPair')}
            placeholder="+55 11 98765-4321"
            required
            withAsterisk={false}
            error={code.isError ? wording(code.error) : undefined}
            flex={1}
          />
          <Button type="submit" variant="light" loading={code.isPending} disabled={!ready}>
            {t('channels.getCode')}
          </Button>
        </Group>
        {code.data && (
          <Stack gap={4} align="center" role="status">
            <Code fz={28} px="md" py="xs">
              {code.data.code}
            </Code>
            <Text size="sm" c="var(--crm-muted)" ta="center">
              {t('channels.codeHint')}
            </Text>
          </Stack>
        )}
      </Stack>
    </form>
  )
}
