import { Button, Group, Popover, Skeleton, Text, Title, UnstyledButton, useMatches, type FloatingPosition } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { moment } from '@/lib/format'
import { toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import { Problem } from '@/ui/Notice'
import { useNotifications, useSee, useSeeAll, useUnseen, type Notification } from './api'
import classes from './Bell.module.css'

/** More are not counted by anybody. */
const MOST_SHOWN = 99

/** How many notifications were not seen, and the list of all. */
export function Bell() {
  const { t } = useTranslation()
  const mayRead = useMay('contact_read')
  const [open, setOpen] = useState(false)
  const position = useMatches<FloatingPosition>({ base: 'top-end', sm: 'right-end' })
  const unseen = useUnseen(mayRead).data ?? 0
  if (!mayRead) return null
  return (
    <Popover opened={open} onChange={setOpen} position={position} width="min(380px, 94vw)" shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <UnstyledButton
          className={classes.bell}
          aria-label={unseen > 0 ? t('notifications.bell', { count: unseen }) : t('notifications.title')}
          onClick={() => setOpen(!open)}
        >
          <IconBell size={23} stroke={1.7} aria-hidden />
          {unseen > 0 && (
            <span className={classes.count} aria-hidden>
              {unseen > MOST_SHOWN ? `${MOST_SHOWN}+` : unseen}
            </span>
          )}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('notifications.title')}>
        <List unseen={unseen} onLeave={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function List({ unseen, onLeave }: { unseen: number; onLeave: () => void }) {
  const { t } = useTranslation()
  const told = useNotifications()
  const see = useSee()
  const seeAll = useSeeAll()
  const items = told.data?.pages.flatMap((page) => page.items) ?? []

  function follow(one: Notification) {
    if (!one.seenAt) see.mutate(one.id, { onError: toastProblem })
    onLeave()
  }

  return (
    <>
      <Group justify="space-between" px="md" py="xs">
        <Title order={2} size="h6">
          {t('notifications.title')}
        </Title>
        {unseen > 0 && (
          <Button variant="subtle" size="compact-sm" loading={seeAll.isPending} onClick={() => seeAll.mutate(undefined, { onError: toastProblem })}>
            {t('notifications.seeAll')}
          </Button>
        )}
      </Group>
      <div className={classes.scroll}>
        {told.isPending && <Skeleton height={60} m="md" />}
        {told.isError && items.length === 0 && <Problem error={told.error} retry={() => void told.refetch()} />}
        {told.isSuccess && items.length === 0 && (
          <Text size="sm" c="var(--crm-muted)" p="md" pt={0}>
            {t('notifications.empty')}
          </Text>
        )}
        <ul className={classes.list} role="list" aria-label={t('notifications.title')}>
          {items.map((one) => (
            <li key={one.id}>
              <Link
                className={classes.row}
                to={one.kind === 'escalation' ? `/inbox/${one.chatId}` : `/contacts/${one.contactId}#note-${one.noteId}`}
                data-unseen={one.seenAt === null || undefined}
                onClick={() => follow(one)}
              >
                <Text size="sm" className={classes.what}>
                  {t(one.kind === 'escalation' ? 'notifications.escalated' : 'notifications.mentioned', {
                    who: one.mentionedBy,
                    team: one.teamName,
                    contact: one.contactName ?? t('inbox.unnamed'),
                  })}
                </Text>
                {one.excerpt && (
                  <Text size="sm" c="var(--crm-muted)" lineClamp={2}>
                    {one.excerpt}
                  </Text>
                )}
                <Text size="xs" c="var(--crm-muted)">
                  <time dateTime={one.createdAt}>{moment(one.createdAt)}</time>
                  {one.seenAt === null && ` · ${t('notifications.new')}`}
                </Text>
              </Link>
            </li>
          ))}
        </ul>
        {told.hasNextPage && (
          <Button variant="subtle" size="xs" m="xs" loading={told.isFetchingNextPage} onClick={() => void told.fetchNextPage()}>
            {t('app.more')}
          </Button>
        )}
      </div>
    </>
  )
}
