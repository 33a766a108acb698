import { beforeEach, expect, it } from 'vitest'
import { briefly, bytes, day, duration, phone } from './format'
import { i18next } from './i18n'

const NOW = new Date(2026, 10, 24, 10, 0)
const at = (days: number) => new Date(2026, 10, 24 - days, 9, 5).toISOString()

beforeEach(() => i18next.changeLanguage('pt-BR'))

it('names a day as people do', () => {
  expect(day(at(0), NOW)).toBe('Hoje')
  expect(day(at(1), NOW)).toBe('Ontem')
  expect(day(at(2), NOW)).toBe('domingo')
  expect(day(at(7), NOW)).toBe('17/11/2026')
  expect(briefly(at(0), NOW)).toBe('09:05')
})

it('writes sizes, durations and phone numbers', () => {
  expect(bytes(900)).toBe('900 B')
  expect(bytes(1_284_133)).toBe('1,2 MB')
  expect(duration(7)).toBe('0:07')
  expect(duration(3723)).toBe('1:02:03')
  expect(phone('+5511987654321')).toBe('+55 11 98765-4321')
  expect(phone('Ana')).toBe('Ana')
})
