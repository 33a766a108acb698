import { ActionIcon, Group, Text, Title, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/lib/session'
import type { Contact } from '@/lib/types'
import { useCustomFields } from './api'
import { useFieldText } from './fields'
import { FieldsForm } from './FieldsForm'

/** What the company wants to know of its contacts, as far as it is known of this one; changed where it stands. */
export function CustomFields({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const mayWrite = useMay('contact_write') && !contact.deletedAt
  const fields = useCustomFields(contact.projectId)
  const text = useFieldText()
  const [editing, form] = useDisclosure(false)
  const wanted = fields.data?.items.filter(({ archived }) => !archived) ?? []
  const known = wanted.filter(({ key }) => key in contact.fields)
  if (known.length === 0 && !(mayWrite && wanted.length > 0)) return null
  return (
    <section aria-label={t('contact.fields')}>
      <Group gap={4} mb={6}>
        <Title order={3} size="h6">
          {t('contact.fields')}
        </Title>
        {mayWrite && !editing && (
          <Tooltip label={t('contact.editFields')}>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('contact.editFields')} onClick={form.open}>
              <IconPencil size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      {editing ? (
        <FieldsForm contact={contact} fields={wanted} onClose={form.close} />
      ) : known.length === 0 ? (
        <Text size="sm" c="var(--crm-muted)">
          {t('contact.noFields')}
        </Text>
      ) : (
        <dl style={{ margin: 0 }}>
          {known.map((field) => (
            <div key={field.id}>
              <Text component="dt" size="xs" c="var(--crm-muted)">
                {field.label}
              </Text>
              <Text component="dd" size="sm" m={0} mb={8} style={{ overflowWrap: 'anywhere' }}>
                {text(field, contact.fields[field.key])}
              </Text>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
