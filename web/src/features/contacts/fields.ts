import { useTranslation } from 'react-i18next'
import { count, fullDate, moment, phone, price } from '@/lib/format'
import type { CustomField } from './api'

/** The value of a custom field as people read it. */
export function useFieldText() {
  const { t } = useTranslation()
  return ({ type, currency }: Pick<CustomField, 'type' | 'currency'>, value: unknown): string => {
    if (value === null || value === undefined) return t('contact.noValue')
    switch (type) {
      case 'boolean':
        return t(value ? 'contact.yes' : 'contact.no')
      case 'number':
        return count(Number(value))
      case 'money':
        return currency ? price(Number(value), currency) : count(Number(value))
      case 'date':
        return fullDate(`${String(value)}T00:00`) // of this calendar, wherever one looks
      case 'date_time':
        return moment(String(value))
      case 'phone':
        return phone(String(value))
      default:
        return Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value)
    }
  }
}
