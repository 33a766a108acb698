import { ActionIcon, Checkbox, Group, Loader, Popover, Stack, Text, Title } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLabels } from '@/lib/labels'
import { useMay } from '@/lib/session'
import type { Chat } from '@/lib/types'
import { LabelChip } from '@/ui/LabelChip'
import { useSetLabels } from './api'

/** The labels that the chat has on its phone; who may write to the customer puts them and takes them off. */
export function ChatLabels({ chat }: { chat: Chat }) {
  const { t } = useTranslation()
  const may = useMay('message_send')
  const labels = useLabels(chat.channelId)
  const known = labels.data ?? []
  const set = useSetLabels(chat.id)
  const chosen = set.isPending ? set.variables : chat.labels.map(({ id }) => id)
  // Where the number has none there is nothing to show.
  if (known.length === 0 && chat.labels.length === 0) return null

  function toggle(id: string) {
    set.mutate(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  }

  return (
    <section aria-label={t('labels.title')}>
      <Group gap={4} mb={6}>
        <Title order={3} size="h6">
          {t('labels.title')}
        </Title>
        {may && (
          <Popover position="bottom-start" shadow="md" trapFocus returnFocus>
            <Popover.Target>
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('labels.change')}>
                <IconTag size={16} />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown>
              <Stack gap="xs" role="group" aria-label={t('labels.change')}>
                {known.map((label) => (
                  <Checkbox
                    key={label.id}
                    label={<LabelChip label={label} />}
                    checked={chosen.includes(label.id)}
                    disabled={set.isPending}
                    onChange={() => toggle(label.id)}
                  />
                ))}
              </Stack>
            </Popover.Dropdown>
          </Popover>
        )}
        {set.isPending && <Loader size="xs" aria-label={t('app.loading')} />}
      </Group>
      {chat.labels.length === 0 ? (
        <Text size="sm" c="var(--crm-muted)">
          {t('labels.none')}
        </Text>
      ) : (
        <Group gap={6} role="list" aria-label={t('labels.title')}>
          {chat.labels.map((label) => (
            <div key={label.id} role="listitem">
              <LabelChip label={label} />
            </div>
          ))}
        </Group>
      )}
    </section>
  )
}
