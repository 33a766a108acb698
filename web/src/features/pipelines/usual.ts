import { useTranslation } from 'react-i18next'

/** The statuses that a pipeline begins with here. */
export function useUsualStatuses() {
  const { t } = useTranslation()
  return [
    { name: t('pipelines.usual.new'), kind: 'open', colour: '#1c7ed6' },
    { name: t('pipelines.usual.talking'), kind: 'open', colour: '#7048e8' },
    { name: t('pipelines.usual.offer'), kind: 'open', colour: '#f59f00' },
    { name: t('pipelines.usual.won'), kind: 'won', colour: '#2f9e44' },
    { name: t('pipelines.usual.lost'), kind: 'lost', colour: '#e03131' },
  ]
}
