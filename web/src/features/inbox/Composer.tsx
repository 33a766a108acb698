import { ActionIcon, CloseButton, FileButton, Pill, Text, Textarea } from '@mantine/core'
import { IconMicrophone, IconPaperclip, IconSend2, IconTrash } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { uploadFile } from '@/lib/files'
import { duration } from '@/lib/format'
import { toastProblem, wording } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { CannedReply, Chat, FilledReply, Message, ReplyFile } from '@/lib/types'
import { useCannedReplies, useTakeReply } from './api'
import { CannedReplies, optionId } from './CannedReplies'
import classes from './Composer.module.css'
import { outbox } from './outbox'
import { Quote } from './Quote'
import { ScheduleButton } from './ScheduledMessages'
import { authorOf } from './titles'
import { useTyping } from './typing'
import { useVoice } from './voice'

/** WhatsApp takes more, but its own apps cut there. */
const LONGEST = 4096
const WARN_FROM = 3900
/** Longer words go as a message of their own. */
const LONGEST_CAPTION = 1024
const CAPTIONED = ['image', 'video', 'document']
/** A text that is nothing but a short code, or its beginning. */
const SHORT_CODE = /^\/(\S*)$/
const draftKey = (chatId: string) => `crm.draft.${chatId}`

type ComposerProps = { chat: Chat; replyTo: Message | null; onReplyDone: () => void; onSent: () => void }

export function Composer({ chat, replyTo, onReplyDone, onSent }: ComposerProps) {
  const { t } = useTranslation()
  const may = useMay('message_send')
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey(chat.id)) ?? '')
  const field = useRef<HTMLTextAreaElement>(null)
  const typing = useTyping(chat.id)
  const listId = useId()
  const search = may ? SHORT_CODE.exec(text)?.[1] : undefined
  const [dismissed, setDismissed] = useState('')
  const [pointed, setPointed] = useState(0)
  const [taken, setTaken] = useState<FilledReply | null>(null)
  const replies = useCannedReplies(search)
  const take = useTakeReply(chat.id)
  const choosing = search !== undefined && text !== dismissed && replies !== undefined
  const active = Math.min(pointed, Math.max(0, (replies?.length ?? 0) - 1))
  const gaps = taken?.missing.map((variable) => `{{${variable}}}`).filter((gap) => text.includes(gap)) ?? []
  const [attached, setAttached] = useState<ReplyFile[]>([])
  const [uploading, setUploading] = useState(0)
  const forgetChosen = useRef<() => void>(null)
  const files = [...attached, ...(taken?.attachments ?? [])]
  const empty = text.trim() === '' && files.length === 0
  const voice = useVoice()
  const [sendingVoice, setSendingVoice] = useState(false)
  const submit = useRef<HTMLButtonElement>(null)
  const wasVoice = useRef(false)
  const unready = empty || gaps.length > 0 || uploading > 0

  useEffect(() => {
    if (text) sessionStorage.setItem(draftKey(chat.id), text)
    else sessionStorage.removeItem(draftKey(chat.id))
  }, [chat.id, text])

  useEffect(() => {
    // On a phone this would open the keyboard over what one wants to read.
    if (replyTo || matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [replyTo])

  // The button that was pressed is gone.
  useEffect(() => {
    if (voice.active) submit.current?.focus()
    else if (wasVoice.current) field.current?.focus()
    wasVoice.current = voice.active
  }, [voice.active])

  async function sendVoice() {
    if (sendingVoice) return
    setSendingVoice(true)
    try {
      const { fileId } = await uploadFile(await voice.finish())
      outbox.send(chat.id, t('type.voice'), replyTo, { voice: { fileId } })
      voice.discard()
      onReplyDone()
      onSent()
    } catch (failed) {
      toastProblem(failed as Error) // it is still there, and can be sent again
    } finally {
      setSendingVoice(false)
    }
  }

  function send() {
    const said = text.trim()
    if (unready) return
    const [only, ...others] = files
    const caption = only && others.length === 0 && CAPTIONED.includes(only.type) && said.length <= LONGEST_CAPTION ? said : ''
    if (said !== caption) outbox.send(chat.id, said, replyTo)
    files.forEach(({ type, fileId, fileName }, at) =>
      outbox.send(chat.id, caption || (fileName ?? t(`type.${type}`)), at === 0 && said === caption ? replyTo : null, {
        [type]: { fileId, ...(type === 'document' && fileName ? { fileName } : {}), ...(caption ? { caption } : {}) },
      }),
    )
    typing.stopped()
    setText('')
    setTaken(null)
    setAttached([])
    onReplyDone()
    onSent()
    field.current?.focus()
  }

  /** One after the other, so that they go out in the order in which they were chosen. */
  async function attach(chosen: File[]) {
    forgetChosen.current?.() // or else the same file could not be chosen again
    setUploading((count) => count + chosen.length)
    for (const file of chosen) {
      await uploadFile(file)
        .then((kept) => setAttached((before) => [...before, kept]))
        .catch(toastProblem)
      setUploading((count) => count - 1)
    }
    field.current?.focus()
  }

  function removeFile(file: ReplyFile) {
    setAttached((before) => before.filter((one) => one !== file))
    setTaken((now) => now && { ...now, attachments: now.attachments.filter((one) => one !== file) })
  }

  function choose(reply: CannedReply) {
    const typed = text
    take.mutate(reply.id, {
      onSuccess: (filled) => {
        // Whoever has typed on in the meantime keeps what they typed.
        setText((now) => (now === typed ? (filled.text ?? '') : now))
        setTaken(filled)
        field.current?.focus()
      },
    })
  }

  function onChoosingKey(event: KeyboardEvent): boolean {
    if (!choosing || event.nativeEvent.isComposing) return false
    const count = replies.length
    if (event.key === 'ArrowDown') setPointed(count === 0 ? 0 : (active + 1) % count)
    else if (event.key === 'ArrowUp') setPointed(count === 0 ? 0 : (active + count - 1) % count)
    else if (event.key === 'Escape') setDismissed(text)
    else if ((event.key === 'Enter' && !event.shiftKey) || (event.key === 'Tab' && !event.shiftKey)) {
      const chosen = replies[active]
      if (!chosen) return false
      choose(chosen)
    } else return false
    return true
  }

  function onKeyDown(event: KeyboardEvent) {
    if (onChoosingKey(event)) {
      event.preventDefault()
      return
    }
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
        if (voice.active) void sendVoice()
        else send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && voice.active && !sendingVoice) voice.discard()
      }}
    >
      {voice.active ? (
        <ActionIcon variant="subtle" color="gray" size={44} radius="xl" aria-label={t('voice.discard')} disabled={sendingVoice} onClick={voice.discard}>
          <IconTrash size={21} />
        </ActionIcon>
      ) : (
        <FileButton multiple resetRef={forgetChosen} onChange={(chosen) => void attach(chosen)}>
          {(button) => (
            <ActionIcon {...button} variant="subtle" color="gray" size={44} radius="xl" aria-label={t('composer.attach')} loading={uploading > 0}>
              <IconPaperclip size={21} />
            </ActionIcon>
          )}
        </FileButton>
      )}
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
        {voice.active ? (
          <div className={classes.recording}>
            <i aria-hidden />
            <span>{t('voice.recording')}</span>
            <span role="timer" aria-label={t('voice.duration')}>
              {duration(voice.seconds)}
            </span>
          </div>
        ) : (
          <Textarea
            ref={field}
            aria-label={t('composer.label')}
            placeholder={t('composer.placeholder')}
            title={t('composer.hint')}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value)
              typing.typed(event.currentTarget.value)
              setPointed(0)
            }}
            onKeyDown={onKeyDown}
            onPaste={(event) => {
              const pasted = [...event.clipboardData.files]
              if (pasted.length === 0) return
              event.preventDefault()
              void attach(pasted)
            }}
            aria-autocomplete="list"
            aria-controls={choosing ? listId : undefined}
            aria-activedescendant={choosing && replies[active] ? optionId(listId, replies[active]) : undefined}
            maxLength={LONGEST}
            autosize
            minRows={1}
            maxRows={7}
            variant="unstyled"
            classNames={{ input: classes.input }}
          />
        )}
        {choosing && <CannedReplies id={listId} replies={replies} active={active} onChoose={choose} onPoint={setPointed} />}
        {files.length > 0 && (
          <div className={classes.files}>
            {files.map((file, at) => {
              const name = file.fileName ?? t(`type.${file.type}`)
              return (
                <Pill
                  key={`${file.fileId} ${at}`}
                  withRemoveButton
                  removeButtonProps={{ 'aria-label': t('canned.removeFile', { name }), 'aria-hidden': false, tabIndex: 0 }}
                  onRemove={() => removeFile(file)}
                >
                  {name}
                </Pill>
              )
            })}
          </div>
        )}
        {(gaps.length > 0 || take.isError) && (
          <Text size="xs" c="red" role="alert">
            {take.isError ? wording(take.error) : t('canned.gaps', { gaps: gaps.join(', ') })}
          </Text>
        )}
        {voice.problem && empty && (
          <Text size="xs" c="red" role="alert">
            {t(`voice.${voice.problem}`)}
          </Text>
        )}
        {text.length >= WARN_FROM && (
          <Text size="xs" c="var(--crm-muted)" ta="right" role="status">
            {t('composer.left', { count: LONGEST - text.length })}
          </Text>
        )}
      </div>
      {empty && uploading === 0 && !voice.active && (
        <ActionIcon variant="subtle" color="gray" size={44} radius="xl" aria-label={t('voice.record')} onClick={() => void voice.start()}>
          <IconMicrophone size={21} />
        </ActionIcon>
      )}
      {!empty && (
        <ScheduleButton
          chatId={chat.id}
          text={text.trim()}
          replyTo={replyTo?.id}
          disabled={unready || files.length > 0}
          onScheduled={() => {
            onReplyDone()
            typing.stopped()
            setText('')
            setTaken(null)
            field.current?.focus()
          }}
        />
      )}
      <ActionIcon
        ref={submit}
        type="submit"
        size={44}
        radius="xl"
        aria-label={t(voice.active ? 'voice.send' : 'composer.send')}
        disabled={unready && !voice.active}
        loading={sendingVoice}
      >
        <IconSend2 size={21} />
      </ActionIcon>
    </form>
  )
}
