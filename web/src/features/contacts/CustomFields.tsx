import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Contact } from '@/lib/types'
import { useCustomFields } from './api'
import { useFieldText } from './fields'

/** What the company wants to know of its contacts, as far as it is known of this one. */
export function CustomFields({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const fields = useCustomFields(contact.projectId)
  const text = useFieldText()
  const known = fields.data?.items.filter(({ key, archived }) => !archived && key in contact.fields) ?? []
  if (known.length === 0) return null
  return (
    <section>
      <Title order={3} size="h6" mb={6}>
        {t('contact.fields')}
      </Title>
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
    </section>
  )
}
