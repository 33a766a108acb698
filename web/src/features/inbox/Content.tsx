import { IconMapPin, IconUser } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { count, phone } from '@/lib/format'
import type { Message, MessageType, Place, Poll } from '@/lib/types'
import { TypeIcon } from '@/ui/TypeIcon'
import classes from './Content.module.css'
import { Document, Picture, Sound } from './Files'

/** What a message holds beside its text. */
export function Content({ message }: { message: Message }) {
  switch (message.type) {
    case 'text':
      return null
    case 'image':
    case 'video':
    case 'video_note':
    case 'sticker':
      return <Picture type={message.type} media={message.media} />
    case 'voice':
    case 'audio':
      return <Sound type={message.type} media={message.media} />
    case 'document':
      return <Document media={message.media} />
    case 'location':
    case 'live_location':
      return message.location ? <Location place={message.location} live={message.type === 'live_location'} /> : <Labelled type={message.type} />
    case 'contacts':
      return <Cards cards={message.cards ?? []} />
    case 'poll':
      return message.poll ? <PollBox poll={message.poll} /> : <Labelled type="poll" />
    case 'button_reply':
    case 'list_reply':
    case 'flow_reply':
      return <Labelled type={message.type} words={message.choice} />
    case 'unsupported':
      return <Unsupported />
    default:
      return <Labelled type={message.type} words={message.choice} />
  }
}

function Location({ place, live }: { place: Place; live: boolean }) {
  const { t } = useTranslation()
  const at = `${place.latitude},${place.longitude}`
  return (
    <div className={classes.place}>
      <div className={classes.map} aria-hidden>
        <IconMapPin size={34} stroke={1.6} />
      </div>
      <strong>{place.name ?? t(live ? 'type.live_location' : 'type.location')}</strong>
      {place.address && <span className={classes.facts}>{place.address}</span>}
      <a href={`https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}#map=16/${at.replace(',', '/')}`} target="_blank" rel="noopener noreferrer">
        {t('message.openMap')}
      </a>
    </div>
  )
}

const VCARD_PHONE = /^(?:item\d+\.)?TEL[^:]*:(.+)$/gim

function Cards({ cards }: { cards: { name: string; vcard: string }[] }) {
  const { t } = useTranslation()
  if (cards.length === 0) return <Labelled type="contacts" />
  return (
    <ul className={classes.cards} role="list" aria-label={t('type.contacts')}>
      {cards.map(({ name, vcard }, at) => (
        <li key={at}>
          <span className={classes.face}>
            <IconUser size={20} aria-hidden />
          </span>
          <div>
            <strong>{name}</strong>
            {[...(vcard ?? '').matchAll(VCARD_PHONE)].map(([, number]) => (
              <span key={number} className={classes.facts}>
                {phone(number!.trim())}
              </span>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}

function PollBox({ poll }: { poll: Poll }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...poll.options.map((option) => option.votes))
  return (
    <div className={classes.poll} role="group" aria-label={`${t('message.poll')}: ${poll.question}`}>
      <strong>{poll.question}</strong>
      <span className={classes.facts}>{t(poll.multipleAnswers ? 'message.pollMany' : 'message.pollOne')}</span>
      <ul role="list">
        {poll.options.map((option, at) => (
          <li key={at}>
            <span>{option.text}</span>
            <span role="img" aria-label={t('message.votes', { count: option.votes })}>
              {count(option.votes)}
            </span>
            <i style={{ width: `${(option.votes / most) * 100}%` }} aria-hidden />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Labelled({ type, words }: { type: MessageType; words?: string | null }) {
  const { t } = useTranslation()
  return (
    <div className={classes.labelled}>
      <span>
        <TypeIcon type={type} /> {t(`type.${type}`)}
      </span>
      {words && <strong>{words}</strong>}
    </div>
  )
}

function Unsupported() {
  const { t } = useTranslation()
  return (
    <div className={classes.unsupported}>
      <TypeIcon type="unsupported" size={18} />
      <span>{t('message.unsupported')}</span>
    </div>
  )
}
