import { ActionIcon, Button, Loader, Skeleton, Text, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconChevronDown, IconInfoCircle, IconMessageOff } from '@tabler/icons-react'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAnswering } from '@/lib/answering'
import { ApiError } from '@/lib/api'
import { day, dayKey, phone } from '@/lib/format'
import { useActivity, type Activity } from '@/lib/presence'
import type { Chat, Message } from '@/lib/types'
import { Face } from '@/ui/Face'
import { Notice, Problem } from '@/ui/Notice'
import { useChat, useMarkRead, useMessages, useSendAgain, useTakeBack } from './api'
import { Bubble, UnconfirmedBubble } from './Bubble'
import { Composer } from './Composer'
import classes from './Conversation.module.css'
import { outbox, useUnconfirmed } from './outbox'
import { ScheduledMessages } from './ScheduledMessages'
import { titleOf } from './titles'

type ConversationProps = { chatId: string; details: boolean; onDetails: (shown: boolean) => void }

export function Conversation({ chatId, details, onDetails }: ConversationProps) {
  const { t } = useTranslation()
  const chat = useChat(chatId)
  if (chat.isPending) return <Waiting />
  if (chat.isError) {
    if (chat.error instanceof ApiError && chat.error.status === 404)
      return (
        <Notice icon={<IconMessageOff />} title={t('inbox.chatGone')} tone="gray">
          <Button component={Link} to="/inbox" variant="light">
            {t('inbox.backToList')}
          </Button>
        </Notice>
      )
    return <Problem error={chat.error} retry={() => void chat.refetch()} />
  }
  return <Open chat={chat.data} details={details} onDetails={onDetails} />
}

function Waiting() {
  return (
    <div className={classes.pane} aria-hidden>
      <div className={classes.head}>
        <Skeleton circle height={40} />
        <Skeleton height={14} width={160} />
      </div>
      <div className={classes.scroll}>
        {[45, 30, 55, 38, 50].map((width, at) => (
          <Skeleton key={at} height={44} width={`${width}%`} m="12px 5%" ml={at % 2 ? 'auto' : undefined} />
        ))}
      </div>
    </div>
  )
}

function Open({ chat, details, onDetails }: { chat: Chat; details: boolean; onDetails: (shown: boolean) => void }) {
  const { t } = useTranslation()
  const [replyTo, setReplyTo] = useState<Message | null>(null)
  // A new number is a new wish to be at the end.
  const [wish, setWish] = useState(0)
  const title = titleOf(chat, t)
  useReadWhileSeen(chat)

  return (
    <section className={classes.pane} aria-label={t('inbox.conversation', { name: title })}>
      <header className={classes.head}>
        <ActionIcon className={classes.back} component={Link} to="/inbox" variant="subtle" color="gray" size="lg" aria-label={t('inbox.backToList')}>
          <IconArrowLeft size={22} />
        </ActionIcon>
        <Face name={chat.title} group={chat.kind === 'group'} size={40} />
        <div className={classes.who}>
          <Text fw={600} truncate component="h2">
            {title}
          </Text>
          <Presence chat={chat} />
        </div>
        <Tooltip label={t(details ? 'inbox.closeDetails' : 'inbox.openDetails')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t(details ? 'inbox.closeDetails' : 'inbox.openDetails')}
            aria-expanded={details}
            onClick={() => onDetails(!details)}
          >
            <IconInfoCircle size={22} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </header>
      <Messages chat={chat} onReply={setReplyTo} wish={wish} />
      <ScheduledMessages chatId={chat.id} />
      <Composer chat={chat} replyTo={replyTo} onReplyDone={() => setReplyTo(null)} onSent={() => setWish((before) => before + 1)} />
    </section>
  )
}

function Presence({ chat }: { chat: Chat }) {
  const { t } = useTranslation()
  const activity = useActivity(chat.id)
  const answering = useAnswering(chat.id)
  const happens = [
    ...(activity ? [doing(activity)] : []),
    ...(answering.length > 0 ? [t('inbox.answering', { count: answering.length, names: answering.join(', ') })] : []),
  ].join(' · ')
  return (
    <Text size="xs" c={happens ? 'var(--crm-badge)' : 'var(--crm-muted)'} truncate role="status">
      {happens || chat.channelName}
    </Text>
  )

  function doing({ doing, participant }: Activity) {
    if (chat.kind === 'direct') return t(doing === 'typing' ? 'inbox.typing' : 'inbox.recording')
    const name = phone(participant.replace(/@.*/, '')) || t('inbox.unnamed')
    return t(doing === 'typing' ? 'inbox.someoneTyping' : 'inbox.someoneRecording', { name })
  }
}

/** What is open on a visible page counts as read. */
function useReadWhileSeen({ id, unreadCount, lastMessage }: Chat) {
  const markRead = useMarkRead()
  const seen = lastMessage?.id
  useEffect(() => {
    const read = () => {
      if (unreadCount > 0 && document.visibilityState === 'visible') markRead(id, seen)
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [id, unreadCount, seen, markRead])
}

/** So near to the end counts as being there. */
const AT_END_PX = 80
/** Earlier messages are fetched before one gets to the top. */
const NEAR_TOP_PX = 600

function Messages({ chat, onReply, wish }: { chat: Chat; onReply: (message: Message) => void; wish: number }) {
  const { t } = useTranslation()
  const messages = useMessages(chat.id)
  const { mutate: takeBack } = useTakeBack()
  const { mutate: sendAgain } = useSendAgain()
  const everyUnconfirmed = useUnconfirmed()
  const unconfirmed = useMemo(() => everyUnconfirmed.filter((one) => one.chatId === chat.id), [everyUnconfirmed, chat.id])
  const items = useMemo(() => messages.data?.pages.flatMap((page) => page.items).reverse() ?? [], [messages.data])
  // Where the unread ones begin is settled when the conversation is opened; they are read as soon as they are seen.
  const [unread] = useState(chat.unreadCount)
  const firstUnread = useRef<string | null>(null)
  if (unread > 0 && firstUnread.current === null && items.length > 0)
    firstUnread.current = items.filter((item) => item.direction === 'inbound').at(-unread)?.id ?? null

  const scroll = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const seen = useRef({ oldest: '', newest: '', height: 0 })
  const [below, setBelow] = useState<number | null>(null)
  const oldest = items[0]?.id ?? ''
  const newest = items.at(-1)?.id ?? ''
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = messages

  function toEnd() {
    const element = scroll.current
    if (element) element.scrollTop = element.scrollHeight
    atEnd.current = true
    setBelow(null)
  }

  function onScroll() {
    const element = scroll.current
    if (!element) return
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX
    seen.current.height = element.scrollHeight
    setBelow((before) => (atEnd.current ? null : (before ?? 0)))
    if (element.scrollTop < NEAR_TOP_PX && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }

  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    const before = seen.current
    if (atEnd.current) {
      element.scrollTop = element.scrollHeight
    } else if (before.oldest !== oldest) {
      // Earlier ones came in above: what one reads stays where it is.
      element.scrollTop += element.scrollHeight - before.height
    } else if (before.newest !== newest) {
      setBelow((count) => (count ?? 0) + 1)
    }
    seen.current = { oldest, newest, height: element.scrollHeight }
    if (element.scrollHeight <= element.clientHeight && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [items, unconfirmed, oldest, newest, hasNextPage, isFetchingNextPage, fetchNextPage])

  useEffect(() => {
    if (wish > 0) toEnd()
  }, [wish])

  // A growing composer or a phone's keyboard takes room away from below.
  useEffect(() => {
    const element = scroll.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const openQuoted = useCallback((id: string) => {
    const quoted = scroll.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`)
    if (!quoted) return
    quoted.scrollIntoView({ block: 'center' })
    delete quoted.dataset.shown
    requestAnimationFrame(() => (quoted.dataset.shown = ''))
  }, [])

  return (
    <div className={classes.wall}>
      <div className={classes.scroll} ref={scroll} onScroll={onScroll} role="log" aria-label={t('inbox.messages')} aria-live="polite" tabIndex={0}>
        <div className={classes.top}>
          {isFetchingNextPage && <Loader size="sm" aria-label={t('inbox.loadingOlder')} />}
          {messages.isSuccess && !hasNextPage && items.length > 0 && <span className={classes.chip}>{t('inbox.beginning')}</span>}
          {messages.isSuccess && items.length === 0 && unconfirmed.length === 0 && <span className={classes.chip}>{t('inbox.noMessages')}</span>}
        </div>
        {messages.isPending && <Loader m="auto" aria-label={t('app.loading')} />}
        {messages.isError && items.length === 0 && <Problem error={messages.error} retry={() => void messages.refetch()} />}
        {items.map((message, at) => {
          const before = items[at - 1]
          const newDay = !before || dayKey(before.sentAt) !== dayKey(message.sentAt)
          const unreadFromHere = message.id === firstUnread.current
          return (
            <div key={message.id} className={classes.entry}>
              {newDay && (
                <div className={classes.separator} role="separator" aria-label={day(message.sentAt)}>
                  <span className={classes.chip}>{day(message.sentAt)}</span>
                </div>
              )}
              {unreadFromHere && (
                <div className={classes.unread} role="separator">
                  <span className={classes.chip}>{t('inbox.unreadFromHere', { count: unread })}</span>
                </div>
              )}
              <Bubble
                message={message}
                chat={chat}
                first={newDay || unreadFromHere || !isSameSpeaker(before, message)}
                onReply={onReply}
                onTakeBack={takeBack}
                onSendAgain={sendAgain}
                onOpenQuoted={openQuoted}
              />
            </div>
          )
        })}
        {unconfirmed.map((message, at) => (
          <UnconfirmedBubble
            key={message.key}
            message={message}
            chat={chat}
            first={at === 0 && items.at(-1)?.direction !== 'outbound'}
            onRetry={() => outbox.retry(message)}
            onDiscard={() => outbox.discard(message)}
          />
        ))}
      </div>
      {below !== null && (
        <Button
          className={classes.toEnd}
          radius="xl"
          size="sm"
          variant="default"
          aria-label={t('inbox.toBottom')}
          leftSection={<IconChevronDown size={18} />}
          onClick={toEnd}
          data-alone={below === 0 || undefined}
        >
          {below > 0 && t('inbox.newBelow', { count: below })}
        </Button>
      )}
    </div>
  )
}

function isSameSpeaker(before: Message | undefined, message: Message) {
  return (
    before?.direction === message.direction &&
    (before.author?.address ?? before.author?.name) === (message.author?.address ?? message.author?.name)
  )
}
