import { ActionIcon, Group, Text, TextInput, Title, Tooltip } from '@mantine/core'
import { IconCheck, IconPencil, IconX } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useRename } from '@/lib/contacts'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Contact } from '@/lib/types'

/** A contact's name, changed where it stands. */
export function ContactName({ contact, fallback }: { contact: Contact; fallback: string }) {
  const { t } = useTranslation()
  const may = useMay('contact_write') && !contact.deletedAt
  const [draft, setDraft] = useState<string | null>(null)
  const rename = useRename(contact)

  function save(event: FormEvent) {
    event.preventDefault()
    const name = draft?.trim() ?? ''
    if (name === '' || name === contact.name) return setDraft(null)
    rename.mutate(name, {
      onSuccess: () => {
        setDraft(null)
        toastDone(t('contact.saved'))
      },
      onError: toastProblem,
    })
  }

  if (draft === null) {
    return (
      <div style={{ textAlign: 'center', minWidth: 0 }}>
        <Group gap={4} justify="center" wrap="nowrap">
          <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
            {contact.name ?? fallback}
          </Title>
          {may && (
            <Tooltip label={t('contact.editName')}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('contact.editName')} onClick={() => setDraft(contact.name ?? '')}>
                <IconPencil size={17} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
        {contact.nameSetBy !== 'none' && (
          <Text size="xs" c="var(--crm-muted)">
            {t(`contact.nameBy.${contact.nameSetBy}`)}
          </Text>
        )}
      </div>
    )
  }
  return (
    <form onSubmit={save}>
      <Group gap={6} wrap="nowrap">
        <TextInput
          aria-label={t('contact.name')}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setDraft(null)}
          maxLength={200}
          autoFocus
          flex={1}
        />
        <ActionIcon type="submit" size="lg" loading={rename.isPending} aria-label={t('app.save')}>
          <IconCheck size={18} />
        </ActionIcon>
        <ActionIcon size="lg" variant="default" aria-label={t('app.cancel')} onClick={() => setDraft(null)}>
          <IconX size={18} />
        </ActionIcon>
      </Group>
    </form>
  )
}
