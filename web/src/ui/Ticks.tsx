import { Tooltip } from '@mantine/core'
import { IconAlertCircleFilled, IconCheck, IconChecks, IconClock, IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MessageStatus } from '@/lib/types'
import classes from './Ticks.module.css'

const ICONS = {
  queued: IconClock,
  sending: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  played: IconChecks,
  failed: IconAlertCircleFilled,
  unknown: IconHelpCircle,
}

/** How far a message of ours has got. */
export function Ticks({ status, why }: { status: MessageStatus; why?: string }) {
  const { t } = useTranslation()
  if (status === 'received') return null
  const Icon = ICONS[status]
  const icon = (
    <span className={classes.ticks} data-status={status} role="img" aria-label={t(`status.${status}`)}>
      <Icon size={16} stroke={2} aria-hidden />
    </span>
  )
  if (status !== 'failed' && status !== 'unknown') return icon
  return (
    <Tooltip multiline maw={280} label={why ?? t(`status.${status}Why`)} events={{ hover: true, focus: true, touch: true }}>
      {icon}
    </Tooltip>
  )
}
