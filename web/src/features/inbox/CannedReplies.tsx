import { Text } from '@mantine/core'
import { IconLock, IconPaperclip } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CannedReply } from '@/lib/types'
import classes from './CannedReplies.module.css'

type CannedRepliesProps = {
  id: string
  replies: CannedReply[]
  active: number
  onChoose: (reply: CannedReply) => void
  onPoint: (at: number) => void
}

export const optionId = (listId: string, reply: CannedReply) => `${listId}-${reply.id}`

/** What can be chosen for `/…`. The focus stays in the text; keys are the composer's. */
export function CannedReplies({ id, replies, active, onChoose, onPoint }: CannedRepliesProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView?.({ block: 'nearest' })
  }, [active])
  return (
    <ul ref={list} id={id} role="listbox" aria-label={t('canned.label')} className={classes.list}>
      {replies.map((reply, at) => (
        <li
          key={reply.id}
          id={optionId(id, reply)}
          role="option"
          aria-selected={at === active}
          className={classes.option}
          onPointerMove={() => at !== active && onPoint(at)}
          // The text would lose the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(reply)}
        >
          <Text component="span" size="sm" fw={600} className={classes.code}>
            /{reply.shortCode}
          </Text>
          <Text component="span" size="sm" truncate className={classes.title}>
            {reply.title}
            {reply.text !== null && (
              <Text component="span" size="sm" c="var(--crm-muted)">
                {' '}
                {reply.text}
              </Text>
            )}
          </Text>
          {reply.personal && <IconLock size={15} aria-label={t('canned.personal')} role="img" />}
          {reply.attachments.length > 0 && (
            <IconPaperclip size={15} aria-label={t('canned.files', { count: reply.attachments.length })} role="img" />
          )}
        </li>
      ))}
      {replies.length === 0 && (
        <li role="presentation" className={classes.none}>
          {t('canned.none')}
        </li>
      )}
    </ul>
  )
}
