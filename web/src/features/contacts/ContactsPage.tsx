import { ActionIcon, CloseButton, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAddressBook, IconArrowLeft, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useContact, useContacts } from '@/lib/contacts'
import { fullDate, phone } from '@/lib/format'
import type { Contact } from '@/lib/types'
import { Identities, Timeline } from '@/ui/ContactFacts'
import { ContactName } from '@/ui/ContactName'
import { Face } from '@/ui/Face'
import { Notice, Problem } from '@/ui/Notice'
import { useNear } from '@/ui/useNear'
import classes from './ContactsPage.module.css'

const TYPING_PAUSE_MS = 250

function phoneOf(contact: Contact): string | null {
  const identity = contact.identities.find(({ kind }) => kind === 'phone')
  return identity ? phone(identity.display ?? identity.value) : null
}

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
          <Detail key={contactId} contactId={contactId} />
        ) : (
          <Notice icon={<IconAddressBook />} title={t('contacts.pickTitle')} text={t('contacts.pickText')} />
        )}
      </div>
    </div>
  )
}

function List({ openId }: { openId?: string }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const contacts = useContacts(q)
  const items = contacts.data?.pages.flatMap((page) => page.items) ?? []
  const end = useNear<HTMLDivElement>(() => !contacts.isFetchingNextPage && void contacts.fetchNextPage(), contacts.hasNextPage)

  return (
    <section className={classes.pane} aria-label={t('contacts.title')}>
      <header className={classes.head}>
        <Title order={1} size="h3">
          {t('contacts.title')}
        </Title>
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
      </header>
      <div className={classes.scroll}>
        {contacts.isPending && <Skeleton height={220} m="md" />}
        {contacts.isError && items.length === 0 && <Problem error={contacts.error} retry={() => void contacts.refetch()} />}
        {contacts.isSuccess && items.length === 0 && (
          <Notice
            icon={q ? <IconSearchOff /> : <IconAddressBook />}
            title={t(q ? 'inbox.nothingFound' : 'contacts.emptyTitle')}
            text={t(q ? 'inbox.nothingFoundText' : 'contacts.emptyText')}
            tone={q ? 'gray' : 'green'}
          />
        )}
        <ul className={classes.list} role="list" aria-label={t('contacts.list')}>
          {items.map((contact) => (
            <li key={contact.id}>
              <Link className={classes.row} to={`/contacts/${contact.id}`} aria-current={contact.id === openId ? 'true' : undefined}>
                <Face name={contact.name} size={42} />
                <div style={{ minWidth: 0 }}>
                  <Text fw={500} truncate>
                    {contact.name ?? phoneOf(contact) ?? t('inbox.unnamed')}
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
    </section>
  )
}

function Detail({ contactId }: { contactId: string }) {
  const { t } = useTranslation()
  const contact = useContact(contactId)
  return (
    <article className={classes.sheet} aria-label={t('contact.details')}>
      <ActionIcon className={classes.back} component={Link} to="/contacts" variant="subtle" color="gray" size="lg" aria-label={t('app.back')}>
        <IconArrowLeft size={22} />
      </ActionIcon>
      {contact.isPending && <Skeleton height={260} />}
      {contact.isError && <Problem error={contact.error} retry={() => void contact.refetch()} />}
      {contact.data && (
        <Stack gap="xl">
          <Stack align="center" gap="sm">
            <Face name={contact.data.name} size={96} />
            <ContactName contact={contact.data} fallback={phoneOf(contact.data) ?? t('inbox.unnamed')} />
            <Text size="sm" c="var(--crm-muted)">
              {t('contact.createdAt', { when: fullDate(contact.data.createdAt) })}
            </Text>
          </Stack>
          <div className={classes.columns}>
            <Identities identities={contact.data.identities} />
            <Timeline contactId={contactId} />
          </div>
        </Stack>
      )}
    </article>
  )
}
