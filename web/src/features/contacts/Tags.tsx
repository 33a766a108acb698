import { Badge, Group, TagsInput, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useTags } from '@/lib/contacts'
import { toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Contact } from '@/lib/types'
import { useTagging } from './api'

const LONGEST = 50

export function Tags({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const mayWrite = useMay('contact_write') && !contact.deletedAt
  return (
    <section aria-label={t('contact.tags')}>
      <Title order={3} size="h6" mb={6}>
        {t('contact.tags')}
      </Title>
      {mayWrite ? (
        <TagsEditor contact={contact} />
      ) : contact.tags.length === 0 ? (
        <Text size="sm" c="var(--crm-muted)">
          {t('contact.noTags')}
        </Text>
      ) : (
        <Group gap={6}>
          {contact.tags.map((tag) => (
            <Badge key={tag} variant="light" tt="none">
              {tag}
            </Badge>
          ))}
        </Group>
      )}
    </section>
  )
}

function TagsEditor({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const known = useTags([contact.projectId])
  const tagging = useTagging(contact)
  return (
    <TagsInput
      aria-label={t('contact.tags')}
      placeholder={t('contact.addTag')}
      value={tagging.isPending ? tagging.variables : contact.tags}
      onChange={(next) => tagging.mutate(next, { onError: toastProblem })}
      data={known.data?.map(({ name }) => name) ?? []}
      disabled={tagging.isPending}
      maxLength={LONGEST}
    />
  )
}
