import { expect, it } from 'vitest'
import { en } from './en'
import { ptBR } from './pt-BR'

function paths(words: object, before = ''): string[] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'object' ? paths(value, `${before}${name}.`) : [before + name],
  )
}

it('says everything in both languages', () => {
  expect(paths(en)).toEqual(paths(ptBR))
})
