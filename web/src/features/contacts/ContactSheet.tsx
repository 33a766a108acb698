import { ActionIcon, Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowLeft, IconArrowsJoin2, IconRestore, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useLocation } from 'react-router'
import { useContact } from '@/lib/contacts'
import { fullDate } from '@/lib/format'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Contact } from '@/lib/types'
import { Identities, Timeline } from '@/ui/ContactFacts'
import { Confirm } from '@/ui/Confirm'
import { ContactName } from '@/ui/ContactName'
import { Face } from '@/ui/Face'
import { Problem } from '@/ui/Notice'
import { useDeleteContact, useRestoreContact } from './api'
import classes from './ContactsPage.module.css'
import { CustomFields } from './CustomFields'
import { Lists } from './Lists'
import { MergeDialog } from './MergeDialog'
import { Merges } from './Merges'
import { Notes } from './Notes'
import { Tags } from './Tags'
import { titleOf } from './titles'

/** All that is known of a contact. */
export function ContactSheet({ contactId }: { contactId: string }) {
  const { t } = useTranslation()
  const { search } = useLocation() // what the list beside it is filtered by
  const contact = useContact(contactId)
  // Merged into another, under whose id it is shown from now on.
  if (contact.isSuccess && !contact.isFetching && contact.data.id !== contactId) {
    return <Navigate to={{ pathname: `/contacts/${contact.data.id}`, search }} replace />
  }
  return (
    <article className={classes.sheet} aria-label={t('contact.details')}>
      <ActionIcon className={classes.back} component={Link} to={{ pathname: '/contacts', search }} variant="subtle" color="gray" size="lg" aria-label={t('app.back')}>
        <IconArrowLeft size={22} />
      </ActionIcon>
      {contact.isPending && <Skeleton height={260} />}
      {contact.isError && <Problem error={contact.error} retry={() => void contact.refetch()} />}
      {contact.data && <Facts contact={contact.data} />}
    </article>
  )
}

function Facts({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const mayWrite = useMay('contact_write')
  const [merging, dialog] = useDisclosure(false)
  const [deleting, question] = useDisclosure(false)
  const remove = useDeleteContact(contact.id)
  const restore = useRestoreContact(contact.id)
  return (
    <Stack gap="xl">
      <Stack align="center" gap="sm">
        <Face name={contact.name} size={96} />
        <ContactName contact={contact} fallback={titleOf(contact, t)} />
        <Text size="sm" c="var(--crm-muted)">
          {t('contact.createdAt', { when: fullDate(contact.createdAt) })}
        </Text>
        {contact.deletedAt && <Badge color="gray">{t('contact.deleted')}</Badge>}
        {mayWrite && contact.deletedAt && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconRestore size={16} aria-hidden />}
            loading={restore.isPending}
            onClick={() => restore.mutate(undefined, { onSuccess: () => toastDone(t('contact.restored')), onError: toastProblem })}
          >
            {t('contact.restore')}
          </Button>
        )}
        {mayWrite && !contact.deletedAt && (
          <Group gap="xs" justify="center">
            <Button variant="default" size="compact-sm" leftSection={<IconArrowsJoin2 size={16} aria-hidden />} onClick={dialog.open}>
              {t('merge.open')}
            </Button>
            <Button variant="default" size="compact-sm" leftSection={<IconTrash size={16} aria-hidden />} onClick={question.open}>
              {t('contact.delete')}
            </Button>
          </Group>
        )}
      </Stack>
      <div className={classes.columns}>
        <Stack gap="xl">
          <Identities identities={contact.identities} />
          <Tags contact={contact} />
          <Lists contact={contact} />
          <CustomFields contact={contact} />
          <Merges contact={contact} />
        </Stack>
        <Stack gap="xl" miw={0}>
          <Notes contactId={contact.id} deleted={contact.deletedAt !== null} />
          <Timeline contactId={contact.id} />
        </Stack>
      </div>
      {merging && <MergeDialog contact={contact} onClose={dialog.close} />}
      <Confirm
        opened={deleting}
        title={t('contact.deleteTitle', { name: titleOf(contact, t) })}
        text={t('contact.deleteText')}
        action={t('contact.deleteConfirm')}
        loading={remove.isPending}
        onConfirm={() =>
          remove.mutate(undefined, { onSuccess: () => toastDone(t('contact.deletedNow')), onError: toastProblem, onSettled: question.close })
        }
        onClose={question.close}
      />
    </Stack>
  )
}
