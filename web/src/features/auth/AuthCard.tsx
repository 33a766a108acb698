import { Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { switchLanguage, type Language } from '@/lib/i18n'
import classes from './AuthCard.module.css'

export function AuthCard({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const { t, i18n } = useTranslation()
  return (
    <main className={classes.page}>
      <Paper className={classes.card} shadow="md" radius="lg">
        <Stack gap="lg">
          <Group justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap">
              <img src="/favicon.svg" alt="" width={36} height={36} />
              <Text fw={700}>{t('app.name')}</Text>
            </Group>
            <SegmentedControl
              size="xs"
              aria-label={t('app.language')}
              value={i18n.language}
              onChange={(value) => switchLanguage(value as Language)}
              data={[
                { value: 'pt-BR', label: 'PT' },
                { value: 'en', label: 'EN' },
              ]}
            />
          </Group>
          <div>
            <Title order={1} size="h3">
              {title}
            </Title>
            <Text size="sm" c="var(--crm-muted)" mt={4}>
              {text}
            </Text>
          </div>
          {children}
        </Stack>
      </Paper>
    </main>
  )
}
