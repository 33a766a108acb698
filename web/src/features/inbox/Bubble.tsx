import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconBan, IconDeviceMobile, IconEyeOff, IconRefresh, IconRobot, IconX } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { clock } from '@/lib/format'
import { isFewEmoji } from '@/lib/richText'
import type { Chat, Message } from '@/lib/types'
import { colourOf } from '@/ui/Face'
import { RichText } from '@/ui/RichText'
import { Ticks } from '@/ui/Ticks'
import classes from './Bubble.module.css'
import { Content } from './Content'
import type { Unconfirmed } from './outbox'
import { Quote } from './Quote'
import { authorOf, summaryOf, titleOf } from './titles'

type BubbleProps = {
  message: Message
  chat: Chat
  /** The first of several of the same person in a row has the tail and the name. */
  first: boolean
  onReply?: (message: Message) => void
  /** Takes back what has not begun to be sent. */
  onTakeBack?: (message: Message) => void
  /** Sends as a new message what certainly was not delivered. */
  onSendAgain?: (message: Message) => void
  onOpenQuoted?: (id: string) => void
}

export const Bubble = memo(function Bubble({ message, chat, first, onReply, onTakeBack, onSendAgain, onOpenQuoted }: BubbleProps) {
  const { t } = useTranslation()
  const ours = message.direction === 'outbound'
  const author = authorOf(message, chat, t)
  const time = clock(message.sentAt)
  const summary = summaryOf(message, t)
  const label = ours
    ? t('message.labelOut', { time, status: t(`status.${message.status}`), summary })
    : t('message.labelIn', { author, time, summary })
  const large = message.type === 'text' && !message.revokedAt && !message.replyTo && isFewEmoji(message.text ?? '')
  const reactions = message.reactions?.filter((reaction) => reaction.count > 0) ?? []
  const quoted = message.replyTo
  const quotedId = quoted?.id

  return (
    <article
      className={classes.line}
      data-ours={ours || undefined}
      data-first={first || undefined}
      data-message={message.id}
      aria-label={label}
    >
      <div className={classes.bubble} data-reacted={reactions.length > 0 || undefined}>
        {chat.kind === 'group' && !ours && first && (
          <span className={classes.author} style={{ color: `var(--mantine-color-${colourOf(author)}-text)` }}>
            {author}
          </span>
        )}
        {message.forwarded && !message.revokedAt && (
          <span className={classes.mark}>
            <IconArrowForwardUp size={14} aria-hidden /> {t('message.forwarded')}
          </span>
        )}
        {quoted && !message.revokedAt && (
          <Quote
            author={quoted.direction === 'outbound' ? t('message.fromYou') : chat.kind === 'direct' ? titleOf(chat, t) : t('message.quoted')}
            ours={quoted.direction === 'outbound'}
            text={quoted.text}
            type={quoted.type}
            label={t('message.quoted')}
            onOpen={quotedId && onOpenQuoted ? () => onOpenQuoted(quotedId) : undefined}
          />
        )}
        {message.revokedAt ? (
          <span className={classes.gone}>
            <IconBan size={16} aria-hidden /> {t(ours ? 'message.revokedOut' : 'message.revokedIn')}
          </span>
        ) : (
          <>
            {message.viewOnce && (
              <span className={classes.mark}>
                <IconEyeOff size={14} aria-hidden /> {t('message.viewOnce')}
              </span>
            )}
            <Content message={message} />
            {message.text && (
              <div className={classes.text} data-large={large || undefined} dir="auto">
                <RichText text={message.text} />
              </div>
            )}
          </>
        )}
        <span className={classes.meta}>
          {message.editedAt && !message.revokedAt && <span>{t('message.edited')}</span>}
          {ours && message.source === 'phone' && (
            <Tooltip label={t('message.fromPhone')}>
              <IconDeviceMobile size={13} role="img" aria-label={t('message.fromPhone')} />
            </Tooltip>
          )}
          {ours && message.source === 'api' && (
            <Tooltip label={t('message.fromApi')}>
              <IconRobot size={13} role="img" aria-label={t('message.fromApi')} />
            </Tooltip>
          )}
          <time dateTime={message.sentAt}>{time}</time>
          {ours && <Ticks status={message.status} why={message.failure?.detail ?? undefined} />}
        </span>
        {ours && message.status === 'failed' && (
          <span className={classes.failure}>{message.failure?.code === 'cancelled' ? t('message.takenBack') : message.failure?.detail || t('status.failedWhy')}</span>
        )}
        {reactions.length > 0 && (
          <span className={classes.reactions} role="group" aria-label={t('message.reactions')}>
            {reactions.map(({ emoji, count, mine }) => (
              <span key={emoji} data-mine={mine || undefined} role="img" aria-label={t('message.reaction', { emoji, count })}>
                {emoji}
                {count > 1 && <small>{count}</small>}
              </span>
            ))}
          </span>
        )}
      </div>
      {onTakeBack && ours && message.status === 'queued' && (
        <ActionIcon className={classes.action} variant="subtle" color="gray" radius="xl" aria-label={t('message.takeBack')} onClick={() => onTakeBack(message)}>
          <IconX size={18} />
        </ActionIcon>
      )}
      {onSendAgain && message.source === 'crm' && message.status === 'failed' && !message.sentAgainAs && (
        <ActionIcon className={classes.action} variant="subtle" color="gray" radius="xl" aria-label={t('message.sendAgain')} onClick={() => onSendAgain(message)}>
          <IconRefresh size={18} />
        </ActionIcon>
      )}
      {onReply && !message.revokedAt && (
        <ActionIcon className={classes.action} variant="subtle" color="gray" radius="xl" aria-label={t('composer.reply')} onClick={() => onReply(message)}>
          <IconArrowBackUp size={18} />
        </ActionIcon>
      )}
    </article>
  )
})

type UnconfirmedProps = { message: Unconfirmed; chat: Chat; first: boolean; onRetry: () => void; onDiscard: () => void }

/** What was just written and the server has not yet answered for. */
export function UnconfirmedBubble({ message, chat, first, onRetry, onDiscard }: UnconfirmedProps) {
  const { t } = useTranslation()
  const status = message.problem === null ? 'sending' : 'failed'
  const time = clock(message.at)
  return (
    <article
      className={classes.line}
      data-ours
      data-first={first || undefined}
      aria-label={t('message.labelOut', { time, status: t(`status.${status}`), summary: message.text })}
    >
      <div className={classes.bubble}>
        {message.replyTo && (
          <Quote
            author={authorOf(message.replyTo, chat, t)}
            ours={message.replyTo.direction === 'outbound'}
            text={message.replyTo.text}
            type={message.replyTo.type}
            label={t('message.quoted')}
          />
        )}
        <div className={classes.text} data-large={isFewEmoji(message.text) || undefined} dir="auto">
          <RichText text={message.text} />
        </div>
        <span className={classes.meta}>
          <time dateTime={message.at}>{time}</time>
          <Ticks status={status} why={message.problem ?? undefined} />
        </span>
        {message.problem !== null && (
          <div className={classes.failure} role="alert">
            {t('composer.notSent')}: {message.problem}
            <div className={classes.choices}>
              <Button size="compact-xs" onClick={onRetry}>
                {t('composer.retry')}
              </Button>
              <Button size="compact-xs" variant="subtle" color="gray" onClick={onDiscard}>
                {t('composer.discard')}
              </Button>
            </div>
          </div>
        )}
      </div>
    </article>
  )
}
