import { useTranslation } from 'react-i18next'
import type { MessageType } from '@/lib/types'
import { TypeIcon } from '@/ui/TypeIcon'
import classes from './Quote.module.css'

type QuoteProps = { author: string; ours: boolean; text: string | null; type: MessageType | null; label: string; onOpen?: () => void }

/** The message that another one answers. */
export function Quote({ author, ours, text, type, label, onOpen }: QuoteProps) {
  const { t } = useTranslation()
  const words = text || (type && type !== 'text' ? t(`type.${type}`) : t('message.quotedGone'))
  const content = (
    <>
      <span className={classes.author}>{author}</span>
      <span className={classes.words}>
        {type && <TypeIcon type={type} size={14} />}
        <span>{words}</span>
      </span>
    </>
  )
  if (!onOpen)
    return (
      <div className={classes.quote} data-ours={ours || undefined} role="group" aria-label={label}>
        {content}
      </div>
    )
  return (
    <button type="button" className={classes.quote} data-ours={ours || undefined} aria-label={`${label}: ${author}, ${words}`} onClick={onOpen}>
      {content}
    </button>
  )
}
