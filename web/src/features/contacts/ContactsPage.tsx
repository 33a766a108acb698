import { Button, CloseButton, Group, Select, Skeleton, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { IconAddressBook, IconSearch, IconSearchOff, IconUserPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useContacts, useTags } from '@/lib/contacts'
import { fullDate } from '@/lib/format'
import { useMay, useSignedIn } from '@/lib/session'
import type { Tag } from '@/lib/types'
import { Face } from '@/ui/Face'
import { Notice, Problem } from '@/ui/Notice'
import { useNear } from '@/ui/useNear'
import { ContactSheet } from './ContactSheet'
import classes from './ContactsPage.module.css'
import { NewContactDialog } from './NewContactDialog'
import { phoneOf, titleOf } from './titles'

const TYPING_PAUSE_MS = 250

export function ContactsPage() {
  const { t } = useTranslation()
  const { contactId } = useParams()

  useEffect(() => {
    document.title = `${t('contacts.title')} · ${t('app.name')}`
  }, [t])

  return (
    <div className={classes.page} data-open={contactId !== undefined || undefined}>
      <List openId={contactId} />
      <div className={classes.detail}>
        {contactId ? (
          <ContactSheet key={contactId} contactId={contactId} />
        ) : (
          <Notice icon={<IconAddressBook />} title={t('contacts.pickTitle')} text={t('contacts.pickText')} />
        )}
      </div>
    </div>
  )
}

function List({ openId }: { openId?: string }) {
  const { t } = useTranslation()
  const mayWrite = useMay('contact_write')
  const [entering, dialog] = useDisclosure(false)
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const [tag, setTag] = useState<Tag | null>(null)
  const contacts = useContacts(q, tag)
  const narrowed = q !== '' || tag !== null
  const items = contacts.data?.pages.flatMap((page) => page.items) ?? []
  const end = useNear<HTMLDivElement>(() => !contacts.isFetchingNextPage && void contacts.fetchNextPage(), contacts.hasNextPage)

  return (
    <section className={classes.pane} aria-label={t('contacts.title')}>
      <header className={classes.head}>
        <Group justify="space-between" wrap="nowrap">
          <Title order={1} size="h3">
            {t('contacts.title')}
          </Title>
          {mayWrite && (
            <Button variant="light" size="compact-md" leftSection={<IconUserPlus size={17} aria-hidden />} onClick={dialog.open}>
              {t('contacts.add')}
            </Button>
          )}
        </Group>
        <TextInput
          type="search"
          aria-label={t('contacts.search')}
          placeholder={t('contacts.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          leftSection={<IconSearch size={17} aria-hidden />}
          rightSection={typed && <CloseButton size="sm" aria-label={t('app.cancel')} onClick={() => setTyped('')} />}
          variant="filled"
          radius="xl"
        />
        <TagFilter chosen={tag} onChoose={setTag} />
      </header>
      <div className={classes.scroll}>
        {contacts.isPending && <Skeleton height={220} m="md" />}
        {contacts.isError && items.length === 0 && <Problem error={contacts.error} retry={() => void contacts.refetch()} />}
        {contacts.isSuccess && items.length === 0 && (
          <Notice
            icon={narrowed ? <IconSearchOff /> : <IconAddressBook />}
            title={t(narrowed ? 'inbox.nothingFound' : 'contacts.emptyTitle')}
            text={t(narrowed ? 'inbox.nothingFoundText' : 'contacts.emptyText')}
            tone={narrowed ? 'gray' : 'green'}
          />
        )}
        <ul className={classes.list} role="list" aria-label={t('contacts.list')}>
          {items.map((contact) => (
            <li key={contact.id}>
              <Link className={classes.row} to={`/contacts/${contact.id}`} aria-current={contact.id === openId ? 'true' : undefined}>
                <Face name={contact.name} size={42} />
                <div style={{ minWidth: 0 }}>
                  <Text fw={500} truncate>
                    {titleOf(contact, t)}
                  </Text>
                  <Text size="sm" c="var(--crm-muted)" truncate>
                    {phoneOf(contact) ?? t('contacts.since', { when: fullDate(contact.createdAt) })}
                  </Text>
                </div>
              </Link>
            </li>
          ))}
        </ul>
        <div ref={end} />
      </div>
      {entering && <NewContactDialog onClose={dialog.close} />}
    </section>
  )
}

function TagFilter({ chosen, onChoose }: { chosen: Tag | null; onChoose: (tag: Tag | null) => void }) {
  const { t } = useTranslation()
  const signedIn = useSignedIn()
  const projects = signedIn.state === 'in' ? signedIn.session.projects : []
  const tags = useTags(projects.map(({ id }) => id)).data ?? []
  if (tags.length === 0) return null
  const value = (tag: Tag) => `${tag.projectId} ${tag.name}`
  const label = ({ projectId, name }: Tag) =>
    projects.length > 1 ? `${name} · ${projects.find(({ id }) => id === projectId)?.name}` : name
  return (
    <Select
      aria-label={t('contacts.tag')}
      placeholder={t('contacts.everyTag')}
      data={tags.map((tag) => ({ value: value(tag), label: label(tag) }))}
      value={chosen && value(chosen)}
      onChange={(next) => onChoose(tags.find((tag) => value(tag) === next) ?? null)}
      searchable
      clearable
      size="xs"
    />
  )
}
