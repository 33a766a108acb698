import { Button, CloseButton, Group, Skeleton, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import { IconAddressBook, IconFilterOff, IconSearch, IconSearchOff, IconUserPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigationType, useParams } from 'react-router'
import { useContacts } from '@/lib/contacts'
import { fullDate } from '@/lib/format'
import { useMay } from '@/lib/session'
import { Face } from '@/ui/Face'
import { Notice, Problem } from '@/ui/Notice'
import { useNear } from '@/ui/useNear'
import { ContactFilters, useContactFilter } from './ContactFilters'
import { ContactSheet } from './ContactSheet'
import classes from './ContactsPage.module.css'
import { conditions, widened } from './filter'
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
  const { search } = useLocation()
  const mayWrite = useMay('contact_write')
  const [entering, dialog] = useDisclosure(false)
  const filtering = useContactFilter()
  const { filter, projectId, change } = filtering
  const typing = useTyping(filter.q, (q) => change({ q }))
  const asked = conditions(filter)
  const filtered = asked.length > 0 || filter.deleted
  const contacts = useContacts(filter.q, asked.length > 0 ? { projectId, conditions: asked } : null, filter.deleted)
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
            <Button variant="light" size="compact-sm" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={dialog.open}>
              {t('contacts.add')}
            </Button>
          )}
        </Group>
        <TextInput
          type="search"
          aria-label={t('contacts.search')}
          placeholder={t('contacts.search')}
          value={typing.text}
          onChange={(event) => typing.type(event.currentTarget.value)}
          leftSection={<IconSearch size={17} aria-hidden />}
          rightSection={typing.text && <CloseButton size="sm" aria-label={t('app.cancel')} onClick={() => typing.type('')} />}
          variant="filled"
          radius="xl"
        />
        <ContactFilters filtering={filtering} />
      </header>
      <div className={classes.scroll}>
        {contacts.isPending && <Skeleton height={220} m="md" />}
        {contacts.isError && items.length === 0 && <Problem error={contacts.error} retry={() => void contacts.refetch()} />}
        {contacts.isSuccess && items.length === 0 && <Nobody q={filter.q} filtered={filtered} onClear={() => change(widened(filter))} />}
        <ul className={classes.list} role="list" aria-label={t('contacts.list')}>
          {items.map((contact) => (
            <li key={contact.id}>
              <Link
                className={classes.row}
                to={{ pathname: `/contacts/${contact.id}`, search }}
                aria-current={contact.id === openId ? 'true' : undefined}
              >
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

/** What is typed, and asked for once the hand rests. */
function useTyping(asked: string, ask: (q: string) => void) {
  const [text, setText] = useState(asked)
  const how = useNavigationType()
  const later = useDebouncedCallback(ask, TYPING_PAUSE_MS)
  useEffect(() => {
    if (how !== 'REPLACE') setText(asked) // on the way back, or by a link; what is typed replaces the address
  }, [asked])
  return {
    text,
    type: (next: string) => {
      setText(next)
      later(next.trim())
    },
  }
}

function Nobody({ q, filtered, onClear }: { q: string; filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation()
  if (filtered) {
    return (
      <Notice
        icon={<IconFilterOff />}
        title={t('contacts.filter.nobodyTitle')}
        text={t(q ? 'contacts.filter.nobodyFound' : 'contacts.filter.nobodyText')}
        tone="gray"
      >
        <Button variant="light" onClick={onClear}>
          {t('contacts.filter.clear')}
        </Button>
      </Notice>
    )
  }
  if (q) return <Notice icon={<IconSearchOff />} title={t('inbox.nothingFound')} text={t('inbox.nothingFoundText')} tone="gray" />
  return <Notice icon={<IconAddressBook />} title={t('contacts.emptyTitle')} text={t('contacts.emptyText')} />
}
