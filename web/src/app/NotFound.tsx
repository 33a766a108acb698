import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Notice } from '@/ui/Notice'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <Notice icon={<IconMapOff />} title={t('app.notFoundTitle')} text={t('app.notFoundText')} tone="gray">
      <Button component={Link} to="/inbox">
        {t('app.toInbox')}
      </Button>
    </Notice>
  )
}
