import { ActionIcon, Badge, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useDisclosure } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useContact } from '@/lib/contacts'
import { duration, fullDate, moment } from '@/lib/format'
import { useMay } from '@/lib/session'
import type { Chat } from '@/lib/types'
import { Identities, Timeline } from '@/ui/ContactFacts'
import { ContactName } from '@/ui/ContactName'
import { Face } from '@/ui/Face'
import { Problem } from '@/ui/Notice'
import { useAgents, useChat, useSession, useTeams } from './api'
import { ChatLabels } from './ChatLabels'
import classes from './ContactPanel.module.css'
import { EscalateDialog } from './EscalateDialog'
import { titleOf } from './titles'

const TICK_MS = 1_000

export function ContactPanel({ chatId, onClose }: { chatId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const chat = useChat(chatId).data
  const title = t(chat?.kind === 'group' ? 'contact.groupDetails' : 'contact.details')
  return (
    <aside className={classes.panel} aria-label={title}>
      <header className={classes.head}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('inbox.closeDetails')} onClick={onClose}>
          <IconX size={20} />
        </ActionIcon>
        <Text fw={600}>{title}</Text>
      </header>
      {chat && (
        <Stack className={classes.body} gap="xl">
          {chat.contactId ? <Person chat={chat} contactId={chat.contactId} /> : <Nameplate chat={chat} />}
          <section>
            <Title order={3} size="h6" mb={6}>
              {t('contact.channel')}
            </Title>
            <Text size="sm">{chat.channelName}</Text>
          </section>
          <ChatLabels chat={chat} />
          {chat.kind === 'direct' && <SessionState chat={chat} />}
          {chat.contactId && <Timeline contactId={chat.contactId} />}
        </Stack>
      )}
    </aside>
  )
}

function Nameplate({ chat }: { chat: Chat }) {
  const { t } = useTranslation()
  return (
    <Stack align="center" gap="sm">
      <Face name={chat.title} group={chat.kind === 'group'} size={88} />
      <Title order={2} size="h4" ta="center">
        {titleOf(chat, t)}
      </Title>
    </Stack>
  )
}

function Person({ chat, contactId }: { chat: Chat; contactId: string }) {
  const { t } = useTranslation()
  const contact = useContact(contactId)
  if (contact.isPending) return <Skeleton height={180} />
  if (contact.isError) return <Problem error={contact.error} retry={() => void contact.refetch()} />
  return (
    <>
      <Stack align="center" gap="sm">
        <Face name={contact.data.name} size={88} />
        <ContactName contact={contact.data} fallback={titleOf(chat, t)} />
        <Text size="xs" c="var(--crm-muted)">
          {t('contact.createdAt', { when: fullDate(contact.data.createdAt) })}
        </Text>
        <Button component={Link} to={`/contacts/${contactId}`} variant="subtle" size="compact-xs">
          {t('contact.openProfile')}
        </Button>
      </Stack>
      <Identities identities={contact.data.identities} />
    </>
  )
}

function SessionState({ chat }: { chat: Chat }) {
  const { t } = useTranslation()
  const session = chat.session
  const open = session?.status === 'open'
  return (
    <section>
      <Group justify="space-between" mb={6}>
        <Title order={3} size="h6">
          {t('contact.session')}
        </Title>
        <Badge variant="light" color={open ? 'green' : 'gray'}>
          {t(open ? 'contact.sessionOpen' : session ? 'contact.sessionEnded' : 'contact.sessionNone')}
        </Badge>
      </Group>
      {session && (
        <Text size="sm" c="var(--crm-muted)">
          {t('contact.startedAt', { when: moment(session.startedAt) })}
        </Text>
      )}
      {open && session.deadline && <Countdown deadline={session.deadline} />}
      {open && <Care sessionId={session.id} />}
    </section>
  )
}

/** Who has the session and how urgent it is; whoever cannot help hands it on. */
function Care({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation()
  const session = useSession(sessionId).data
  const agents = useAgents().data?.items ?? []
  const teams = useTeams().data?.items ?? []
  const mayEscalate = useMay('message_send')
  const [escalating, escalation] = useDisclosure(false)
  if (!session) return null
  const holders = [agents.find(({ id }) => id === session.agentId)?.name, teams.find(({ id }) => id === session.teamId)?.name].filter(Boolean)
  return (
    <>
      {holders.length > 0 && <Text size="sm">{t('escalation.with', { who: holders.join(' · ') })}</Text>}
      {session.priority !== 'normal' && <Text size="sm">{t(`escalation.priorities.${session.priority}`)}</Text>}
      {mayEscalate && (
        <Button variant="light" size="compact-sm" mt={6} onClick={escalation.open}>
          {t('escalation.escalate')}
        </Button>
      )}
      {escalating && <EscalateDialog session={session} onClose={escalation.close} />}
    </>
  )
}

function Countdown({ deadline }: { deadline: string }) {
  const { t } = useTranslation()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  const left = (Date.parse(deadline) - now) / 1000
  return (
    <Text size="sm" role="timer">
      {left > 0 ? t('contact.endsIn', { left: duration(left) }) : t('contact.ending')}
    </Text>
  )
}
