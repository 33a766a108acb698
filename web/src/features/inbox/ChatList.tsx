import { Badge, Button, CloseButton, SegmentedControl, Select, Skeleton, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconChecks, IconMessages, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { briefly, count } from '@/lib/format'
import { useActivity } from '@/lib/presence'
import { useMay } from '@/lib/session'
import type { Chat } from '@/lib/types'
import { Face } from '@/ui/Face'
import { Notice, Problem } from '@/ui/Notice'
import { Ticks } from '@/ui/Ticks'
import { TypeIcon } from '@/ui/TypeIcon'
import { useNear } from '@/ui/useNear'
import { useChannels, useChats, type Filter } from './api'
import classes from './ChatList.module.css'
import { titleOf } from './titles'

const TYPING_PAUSE_MS = 250
const MOST_SHOWN_UNREAD = 99

export function ChatList({ openId }: { openId?: string }) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<Filter>('all')
  const [typed, setTyped] = useState('')
  const [channelId, setChannelId] = useState('')
  const [q] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const seesChannels = useMay('channel_read')
  const chats = useChats(filter, q, channelId)
  const items = chats.data?.pages.flatMap((page) => page.items) ?? []
  const end = useNear<HTMLDivElement>(() => !chats.isFetchingNextPage && void chats.fetchNextPage(), chats.hasNextPage)

  return (
    <section className={classes.pane} aria-label={t('inbox.title')}>
      <header className={classes.head}>
        <Title order={1} size="h3">
          {t('inbox.title')}
        </Title>
        <TextInput
          type="search"
          aria-label={t('inbox.search')}
          placeholder={t('inbox.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          leftSection={<IconSearch size={17} aria-hidden />}
          rightSection={typed && <CloseButton size="sm" aria-label={t('app.cancel')} onClick={() => setTyped('')} />}
          variant="filled"
          radius="xl"
        />
        <div className={classes.filters}>
          <SegmentedControl
            size="xs"
            radius="xl"
            aria-label={t('inbox.filter')}
            value={filter}
            onChange={(value) => setFilter(value as Filter)}
            data={[
              { value: 'all', label: t('inbox.all') },
              { value: 'unread', label: t('inbox.unread') },
            ]}
          />
          {seesChannels && <ChannelFilter value={channelId} onChange={setChannelId} />}
        </div>
      </header>
      <div className={classes.scroll}>
        {chats.isPending && <Waiting />}
        {chats.isError && items.length === 0 && <Problem error={chats.error} retry={() => void chats.refetch()} />}
        {chats.isSuccess && items.length === 0 && <Nothing q={q} filter={filter} />}
        <ul className={classes.list} role="list" aria-label={t('inbox.list')}>
          {items.map((chat) => (
            <Row key={chat.id} chat={chat} open={chat.id === openId} />
          ))}
        </ul>
        <div ref={end}>{chats.isFetchingNextPage && <Waiting />}</div>
      </div>
    </section>
  )
}

/** Worth its place only where there is something to choose. */
function ChannelFilter({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation()
  const channels = useChannels()
  const items = channels.data?.items ?? []
  if (items.length < 2) return null
  return (
    <Select
      size="xs"
      radius="xl"
      flex={1}
      aria-label={t('inbox.channel')}
      value={value}
      onChange={(id) => onChange(id ?? '')}
      allowDeselect={false}
      data={[{ value: '', label: t('inbox.everyChannel') }, ...items.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  )
}

function Nothing({ q, filter }: { q: string; filter: Filter }) {
  const { t } = useTranslation()
  const connects = useMay('channel_write')
  if (q) return <Notice icon={<IconSearchOff />} title={t('inbox.nothingFound')} text={t('inbox.nothingFoundText')} tone="gray" />
  if (filter === 'unread')
    return <Notice icon={<IconChecks />} title={t('inbox.nothingUnread')} text={t('inbox.nothingUnreadText')} />
  return (
    <Notice icon={<IconMessages />} title={t('inbox.emptyTitle')} text={t('inbox.emptyText')}>
      {connects && (
        <Button component={Link} to="/channels" variant="light">
          {t('inbox.emptyConnect')}
        </Button>
      )}
    </Notice>
  )
}

function Waiting() {
  return (
    <div aria-hidden>
      {Array.from({ length: 7 }, (_, at) => (
        <div key={at} className={classes.waiting}>
          <Skeleton circle height={46} />
          <div style={{ flex: 1 }}>
            <Skeleton height={12} width="55%" mb={9} />
            <Skeleton height={10} width="85%" />
          </div>
        </div>
      ))}
    </div>
  )
}

const Row = memo(function Row({ chat, open }: { chat: Chat; open: boolean }) {
  const { t } = useTranslation()
  const activity = useActivity(chat.id)
  const title = titleOf(chat, t)
  const last = chat.lastMessage
  return (
    <li className={classes.item}>
      <Link to={`/inbox/${chat.id}`} className={classes.row} aria-current={open ? 'true' : undefined} data-unread={chat.unreadCount > 0 || undefined}>
        <Face name={chat.title} group={chat.kind === 'group'} />
        <div className={classes.body}>
          <div className={classes.line}>
            <span className={classes.title}>{title}</span>
            {last && (
              <time className={classes.time} dateTime={last.sentAt}>
                {briefly(last.sentAt)}
              </time>
            )}
          </div>
          <div className={classes.line}>
            <span className={classes.preview}>
              {activity ? (
                <span className={classes.typing}>{t(activity.doing === 'typing' ? 'inbox.typing' : 'inbox.recording')}</span>
              ) : (
                last && (
                  <>
                    {last.direction === 'outbound' && <Ticks status={last.status} />}
                    {chat.kind === 'group' && last.direction === 'inbound' && last.authorName && <span>{last.authorName}:</span>}
                    <TypeIcon type={last.type} />
                    <span className={classes.words}>{last.preview || (last.type === 'text' ? '' : t(`type.${last.type}`))}</span>
                  </>
                )
              )}
            </span>
            {chat.unreadCount > 0 && (
              <Badge
                className={classes.badge}
                circle={chat.unreadCount < 10}
                size="md"
                role="img"
                aria-label={t('inbox.unreadCount', { count: chat.unreadCount })}
              >
                {chat.unreadCount > MOST_SHOWN_UNREAD ? `${MOST_SHOWN_UNREAD}+` : count(chat.unreadCount)}
              </Badge>
            )}
          </div>
        </div>
      </Link>
    </li>
  )
})
