import { i18next } from './i18n'

const locale = () => i18next.language
const DAY_MS = 86_400_000
const DAYS_WITH_A_NAME = 6

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/** How many midnights ago it was. */
function daysAgo(date: Date, now: Date) {
  return Math.round((startOfDay(now) - startOfDay(date)) / DAY_MS)
}

export function clock(at: string): string {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}

function date(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { day: '2-digit', month: '2-digit', year: 'numeric' }).format(at)
}

/** For a list: the time of today's, "yesterday", the weekday of this week's, or the date. */
export function briefly(at: string, now = new Date()): string {
  const then = new Date(at)
  const days = daysAgo(then, now)
  if (days <= 0) return clock(at)
  return day(at, now)
}

/** For the line between two days of a conversation. */
export function day(at: string, now = new Date()): string {
  const then = new Date(at)
  const days = daysAgo(then, now)
  if (days <= 0) return i18next.t('inbox.today')
  if (days === 1) return i18next.t('inbox.yesterday')
  if (days <= DAYS_WITH_A_NAME) return new Intl.DateTimeFormat(locale(), { weekday: 'long' }).format(then)
  return date(then)
}

export function dayKey(at: string): number {
  return startOfDay(new Date(at))
}

export function moment(at: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at))
}

export function fullDate(at: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(at))
}

export function bytes(count: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  const power = Math.min(units.length - 1, count > 0 ? Math.floor(Math.log(count) / Math.log(1024)) : 0)
  const value = new Intl.NumberFormat(locale(), { maximumFractionDigits: power > 1 ? 1 : 0 }).format(count / 1024 ** power)
  return `${value} ${units[power]}`
}

export function count(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}

/** 0:07, 12:30, 1:02:03 */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

const BRAZIL = /^\+55(\d{2})(\d{4,5})(\d{4})$/
const NORTH_AMERICA = /^\+1(\d{3})(\d{3})(\d{4})$/

/** A phone number as people of its country write it; others stay as they are. */
export function phone(value: string): string {
  const number = /^\d{8,}$/.test(value) ? `+${value}` : value
  return number.replace(BRAZIL, '+55 $1 $2-$3').replace(NORTH_AMERICA, '+1 $1 $2-$3')
}

export function price(value: number, currency: string): string {
  return new Intl.NumberFormat(locale(), { style: 'currency', currency }).format(value)
}

/** From the currency's smallest parts. */
export function money({ amount, currency }: { amount: number; currency: string }): string {
  const format = new Intl.NumberFormat(locale(), { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
