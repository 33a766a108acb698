import { Modal } from '@mantine/core'
import { useDisclosure, useInViewport } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { IconDownload, IconPhotoOff, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile, useFile } from '@/lib/files'
import { bytes, duration } from '@/lib/format'
import { toastProblem } from '@/lib/problem'
import type { Media, MessageType } from '@/lib/types'
import { TypeIcon } from '@/ui/TypeIcon'
import classes from './Content.module.css'

type FileProps = { type: MessageType; media: Media | null }

/** Why there is nothing to open. */
function useMissing(media: Media | null) {
  const { t } = useTranslation()
  if (media?.state === 'failed') return t('message.mediaFailed')
  if (media?.state === 'available') return t('message.mediaAvailable')
  return t('message.mediaAbsent')
}

function facts(media: Media | null, ...more: (string | null)[]) {
  return [
    media?.durationSeconds != null ? duration(media.durationSeconds) : null,
    media?.bytes != null ? bytes(media.bytes) : null,
    ...more,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** A picture is fetched when it comes into sight, a film when somebody wants to see it. */
export function Picture({ type, media }: FileProps) {
  const still = type === 'image' || type === 'sticker'
  if (media?.state === 'stored' && media.fileId) {
    return still ? <Still type={type} id={media.fileId} /> : <Film type={type} id={media.fileId} media={media} />
  }
  return <Frame type={type} media={media} />
}

function Frame({ type, media }: FileProps) {
  const { t } = useTranslation()
  const missing = useMissing(media)
  return (
    <figure className={classes.picture} data-type={type}>
      {media?.state === 'failed' ? <IconPhotoOff size={34} stroke={1.4} aria-hidden /> : <TypeIcon type={type} size={34} />}
      <figcaption>
        <strong>{t(`type.${type}`)}</strong>
        <span>{facts(media) || media?.fileName}</span>
        <span>{missing}</span>
      </figcaption>
    </figure>
  )
}

function Still({ type, id }: { type: MessageType; id: string }) {
  const { t } = useTranslation()
  const { ref, inViewport } = useInViewport<HTMLButtonElement>()
  const [seen, setSeen] = useState(false)
  if (inViewport && !seen) setSeen(true)
  const { address, failed, again } = useFile(id, seen)
  const [large, view] = useDisclosure(false)
  const name = t(`type.${type}`)
  return (
    <>
      <button
        ref={ref}
        type="button"
        className={classes.picture}
        data-type={type}
        aria-label={failed ? t('message.fetchAgain') : t('message.enlarge', { what: name })}
        onClick={failed ? again : view.open}
        disabled={!failed && address === null}
      >
        {address ? <img src={address} alt="" /> : failed ? <IconPhotoOff size={34} stroke={1.4} aria-hidden /> : <TypeIcon type={type} size={34} />}
        {failed && <span>{t('message.fetchAgain')}</span>}
      </button>
      <Modal opened={large} onClose={view.close} title={name} size="auto" centered closeButtonProps={{ 'aria-label': t('app.close') }}>
        {address && <img className={classes.large} src={address} alt={name} />}
      </Modal>
    </>
  )
}

function Film({ type, id, media }: { type: MessageType; id: string; media: Media }) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState(false)
  const { address, failed, again } = useFile(id, wanted)
  if (address) return <video className={classes.picture} data-type={type} src={address} controls autoPlay aria-label={t(`type.${type}`)} />
  return (
    <button
      type="button"
      className={classes.picture}
      data-type={type}
      aria-label={t(failed ? 'message.fetchAgain' : 'message.play', { what: t(`type.${type}`) })}
      aria-busy={(wanted && !failed) || undefined}
      onClick={failed ? again : () => setWanted(true)}
    >
      <span className={classes.play}>
        <IconPlayerPlayFilled size={18} aria-hidden />
      </span>
      <strong>{t(`type.${type}`)}</strong>
      <span>{failed ? t('message.fetchAgain') : facts(media)}</span>
    </button>
  )
}

const BARS = [5, 9, 14, 8, 16, 11, 6, 13, 18, 10, 7, 15, 12, 6, 9, 17, 11, 8, 5, 12, 9, 6]

/** Fetched when somebody wants to hear it. */
export function Sound({ type, media }: FileProps) {
  const { t } = useTranslation()
  const missing = useMissing(media)
  const [wanted, setWanted] = useState(false)
  const id = media?.state === 'stored' ? media.fileId : null
  const { address, failed, again } = useFile(id ?? '', wanted && id !== null)
  if (address) return <audio className={classes.player} src={address} controls autoPlay aria-label={t(`type.${type}`)} />
  const mark = type === 'voice' || id ? <IconPlayerPlayFilled size={18} aria-hidden /> : <TypeIcon type="audio" size={20} />
  return (
    <div className={classes.sound}>
      {id ? (
        <button
          type="button"
          className={classes.play}
          aria-label={t(failed ? 'message.fetchAgain' : 'message.play', { what: t(`type.${type}`) })}
          aria-busy={(wanted && !failed) || undefined}
          onClick={failed ? again : () => setWanted(true)}
        >
          {mark}
        </button>
      ) : (
        <span className={classes.play}>{mark}</span>
      )}
      <div>
        {type === 'voice' ? (
          <span className={classes.wave} aria-hidden>
            {BARS.map((height, at) => (
              <i key={at} style={{ height }} />
            ))}
          </span>
        ) : (
          <strong>{media?.fileName ?? t('type.audio')}</strong>
        )}
        <span className={classes.facts}>
          {type === 'voice' && <span className={classes.unseen}>{t('type.voice')} </span>}
          {facts(media, failed ? t('message.fetchAgain') : id ? null : missing)}
        </span>
      </div>
    </div>
  )
}

/** Saved where the browser saves what it is given; nothing in it is opened here. */
export function Document({ media }: { media: Media | null }) {
  const { t } = useTranslation()
  const missing = useMissing(media)
  const id = media?.state === 'stored' ? media.fileId : null
  const name = media?.fileName ?? t('type.document')
  const ending = /\.([a-z0-9]{1,5})$/i.exec(media?.fileName ?? '')?.[1]?.toUpperCase() ?? null
  const save = useMutation({ mutationFn: (file: string) => saveFile(file, name), onError: toastProblem })
  const words = (
    <>
      <TypeIcon type="document" size={30} />
      <span>
        <strong>{name}</strong>
        <span className={classes.facts}>{facts(media, ending, id ? null : missing)}</span>
      </span>
    </>
  )
  if (!id) return <div className={classes.file}>{words}</div>
  return (
    <button type="button" className={classes.file} aria-label={t('message.save', { name })} disabled={save.isPending} onClick={() => save.mutate(id)}>
      {words}
      <IconDownload size={20} aria-hidden />
    </button>
  )
}
