import { ActionIcon, CloseButton, Text, Textarea } from '@mantine/core'
import { IconSend2 } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/lib/session'
import type { Chat, Message } from '@/lib/types'
import classes from './Composer.module.css'
import { outbox } from './outbox'
import { Quote } from './Quote'
import { authorOf } from './titles'

/** WhatsApp takes more, but its own apps cut there. */
const LONGEST = 4096
const WARN_FROM = 3900
const draftKey = (chatId: string) => `crm.draft.${chatId}`

type ComposerProps = { chat: Chat; replyTo: Message | null; onReplyDone: () => void; onSent: () => void }

export function Composer({ chat, replyTo, onReplyDone, onSent }: ComposerProps) {
  const { t } = useTranslation()
  const may = useMay('message_send')
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey(chat.id)) ?? '')
  const field = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    if (text) sessionStorage.setItem(draftKey(chat.id), text)
    else sessionStorage.removeItem(draftKey(chat.id))
  }, [chat.id, text])

  useEffect(() => {
    // On a phone this would open the keyboard over what one wants to read.
    if (replyTo || matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [replyTo])

  function send() {
    const said = text.trim()
    if (said === '') return
    outbox.send(chat.id, said, replyTo)
    setText('')
    onReplyDone()
    onSent()
    field.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    // While an input method composes a word, Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      send()
    }
    if (event.key === 'Escape' && replyTo) onReplyDone()
  }

  if (!may)
    return (
      <div className={classes.composer}>
        <Text size="sm" c="var(--crm-muted)" ta="center" w="100%" py={6}>
          {t('composer.notAllowed')}
        </Text>
      </div>
    )
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className={classes.box}>
        {replyTo && (
          <div className={classes.reply}>
            <Quote
              author={authorOf(replyTo, chat, t)}
              ours={replyTo.direction === 'outbound'}
              text={replyTo.text}
              type={replyTo.type}
              label={t('composer.replyingTo', { name: authorOf(replyTo, chat, t) })}
            />
            <CloseButton aria-label={t('composer.cancelReply')} onClick={onReplyDone} />
          </div>
        )}
        <Textarea
          ref={field}
          aria-label={t('composer.label')}
          placeholder={t('composer.placeholder')}
          title={t('composer.hint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          maxLength={LONGEST}
          autosize
          minRows={1}
          maxRows={7}
          variant="unstyled"
          classNames={{ input: classes.input }}
        />
        {text.length >= WARN_FROM && (
          <Text size="xs" c="var(--crm-muted)" ta="right" role="status">
            {t('composer.left', { count: LONGEST - text.length })}
          </Text>
        )}
      </div>
      <ActionIcon type="submit" size={44} radius="xl" aria-label={t('composer.send')} disabled={text.trim() === ''}>
        <IconSend2 size={21} />
      </ActionIcon>
    </form>
  )
}
