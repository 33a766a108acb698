import { Button, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertTriangle, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { wording } from '@/lib/problem'

type NoticeProps = { icon: ReactNode; title: string; text?: string; children?: ReactNode; tone?: 'green' | 'red' | 'gray' }

/** The middle of an empty place: what it is, and what to do. */
export function Notice({ icon, title, text, children, tone = 'green' }: NoticeProps) {
  return (
    <Stack align="center" justify="center" gap="sm" p="xl" h="100%" ta="center" mih={220}>
      <ThemeIcon size={64} radius={32} variant="light" color={tone}>
        {icon}
      </ThemeIcon>
      <Title order={2} size="h4">
        {title}
      </Title>
      {text && (
        <Text size="sm" c="var(--crm-muted)" maw={360}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  )
}

export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="alert" style={{ height: '100%' }}>
      <Notice icon={<IconAlertTriangle />} title={t('errors.loadTitle')} text={wording(error)} tone="red">
        {retry && (
          <Button variant="light" onClick={retry}>
            {t('app.retry')}
          </Button>
        )}
      </Notice>
    </div>
  )
}

/** In place of what somebody may not see, who came here by its address. */
export function NotAllowed({ text }: { text: string }) {
  const { t } = useTranslation()
  return <Notice icon={<IconLock />} title={t('errors.notAllowedTitle')} text={text} tone="gray" />
}
