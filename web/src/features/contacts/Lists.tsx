import { Badge, Group, MultiSelect, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Contact } from '@/lib/types'
import { useContactLists, useListing, useListsOf, type Membership } from './api'

/** On which lists a contact is. People put contacts on some; who is on the others says a filter. */
export function Lists({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const mayWrite = useMay('contact_write') && !contact.deletedAt
  const on = useListsOf(contact.id).data
  const filled = useContactLists(contact.projectId).data?.filter(({ kind }) => kind === 'static') ?? []
  const editable = mayWrite && filled.length > 0
  if (!on || (on.length === 0 && !editable)) return null
  const shown = editable ? on.filter(({ kind }) => kind === 'dynamic') : on
  return (
    <section aria-label={t('contact.lists')}>
      <Title order={3} size="h6" mb={6}>
        {t('contact.lists')}
      </Title>
      {editable && <Chosen contact={contact} filled={filled} on={on.filter(({ kind }) => kind === 'static')} />}
      {shown.length > 0 && (
        <Group gap={6} mt={editable ? 'xs' : 0} role="list" aria-label={t('contact.lists')}>
          {shown.map(({ id, name, kind }) => (
            <Group key={id} gap={4} role="listitem">
              <Badge variant="light" tt="none">
                {name}
              </Badge>
              {kind === 'dynamic' && (
                <Text size="xs" c="var(--crm-muted)">
                  {t('contact.listByFilter')}
                </Text>
              )}
            </Group>
          ))}
        </Group>
      )}
    </section>
  )
}

type ChosenProps = { contact: Contact; filled: { id: string; name: string }[]; on: Membership[] }

function Chosen({ contact, filled, on }: ChosenProps) {
  const { t } = useTranslation()
  const present = on.map(({ id }) => id)
  const listing = useListing(contact.id, present)
  return (
    <MultiSelect
      aria-label={t('contact.lists')}
      placeholder={t('contact.addList')}
      data={filled.map(({ id, name }) => ({ value: id, label: name }))}
      value={listing.isPending ? listing.variables : present}
      onChange={(next) => listing.mutate(next, { onError: toastProblem })}
      disabled={listing.isPending}
      hidePickedOptions
      searchable
    />
  )
}
