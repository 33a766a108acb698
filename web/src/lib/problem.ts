import { notifications } from '@mantine/notifications'
import { ApiError } from './api'
import { i18next } from './i18n'

/** What a person is told about a failure, in their language where we have words for it. */
export function wording(error: unknown): string {
  if (!(error instanceof ApiError)) return i18next.t('errors.server')
  if (error.code === 'required_fields_missing') {
    return i18next.t('errors.required_fields_missing', { fields: error.errors.map(({ detail }) => detail).join(', ') })
  }
  for (const code of [error.errors[0]?.code, error.code]) {
    if (code && i18next.exists(`errors.${code}`)) return i18next.t(`errors.${code}`)
  }
  if (error.status === 429) return i18next.t('errors.too_many')
  if (error.status === 404) return i18next.t('errors.not_found')
  if (error.status >= 500) {
    const trace = error.traceId ? ` ${i18next.t('errors.trace', { id: error.traceId })}` : ''
    return i18next.t('errors.server') + trace
  }
  return error.errors[0]?.detail ?? error.detail
}

export function toastProblem(error: unknown) {
  notifications.show({ color: 'red', title: i18next.t('errors.title'), message: wording(error) })
}

export function toastDone(message: string) {
  notifications.show({ color: 'green', message })
}
