import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '@/lib/live'
import classes from './ConnectionBanner.module.css'

export function ConnectionBanner() {
  const { t } = useTranslation()
  const connection = useConnection()
  return (
    <div role="status" aria-live="polite">
      {connection === 'lost' && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={16} aria-hidden /> {t('live.reconnecting')}
        </div>
      )}
    </div>
  )
}
