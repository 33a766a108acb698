import { expect, it } from 'vitest'
import { isFewEmoji, richText } from './richText'

it('reads bold, italic and struck words, also inside each other', () => {
  expect(richText('*a _b_* ~c~')).toEqual([
    { kind: 'bold', pieces: [{ kind: 'text', text: 'a ' }, { kind: 'italic', pieces: [{ kind: 'text', text: 'b' }] }] },
    { kind: 'text', text: ' ' },
    { kind: 'strike', pieces: [{ kind: 'text', text: 'c' }] },
  ])
})

it('leaves marks alone that mark nothing', () => {
  for (const text of ['2 * 3 * 4', 'snake_case_name', '* a*', '**', '~']) {
    expect(richText(text)).toEqual([{ kind: 'text', text }])
  }
})

it('does not look into what is written in mono', () => {
  expect(richText('```*a* https://a.example```')).toEqual([{ kind: 'mono', text: '*a* https://a.example' }])
})

it('links http and https only, without the punctuation after it', () => {
  expect(richText('https://a.example/x_1_y. javascript:alert(1)')).toEqual([
    { kind: 'link', text: 'https://a.example/x_1_y', href: 'https://a.example/x_1_y' },
    { kind: 'text', text: '. javascript:alert(1)' },
  ])
})

it('tells a few emoji from text', () => {
  expect(isFewEmoji('👍')).toBe(true)
  expect(isFewEmoji('👩‍👩‍👧 ❤️')).toBe(true)
  expect(isFewEmoji('ok 👍')).toBe(false)
  expect(isFewEmoji('12')).toBe(false)
})
