import { useTranslation } from 'react-i18next'
import { count, fullDate, moment, phone, price } from '@/lib/format'
import type { CustomField } from './api'

/** What somebody types of a value; of a choice of several, these. */
export type Typed = string | string[]

/** The value of a custom field as a form has it. */
export function typedOf({ type }: Pick<CustomField, 'type'>, value: unknown): Typed {
  if (type === 'multi_select') return (value as string[] | undefined) ?? []
  if (value === null || value === undefined) return ''
  switch (type) {
    case 'date_time': {
      const at = new Date(String(value))
      return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16) // by the clock on the wall
    }
    case 'json':
      return JSON.stringify(value, null, 2)
    default:
      return String(value)
  }
}

/** What is to be kept of it: null takes the value away, undefined is none that it could be. */
export function valueOf({ type }: Pick<CustomField, 'type'>, typed: Typed): unknown {
  if (Array.isArray(typed)) return typed.length > 0 ? typed : null
  const text = typed.trim()
  if (text === '') return null
  switch (type) {
    case 'boolean':
      return text === 'true'
    case 'number':
    case 'money':
      return text
    case 'date_time': {
      const at = new Date(text)
      return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
    }
    case 'json':
      try {
        return JSON.parse(text) as unknown
      } catch {
        return undefined
      }
    default:
      return text
  }
}

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
