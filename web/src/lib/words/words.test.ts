import { readFileSync } from 'node:fs'
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

it('has a word for everything that a timeline shows', () => {
  const registry = readFileSync('../src/main/resources/events/registry.json', 'utf8') // npm runs tests in web/
  const shown = Object.keys(JSON.parse(registry)).filter((type) => /^(contact|note|session|tracking|call)\./.test(type))
  expect(shown.map((type) => type.replaceAll('.', '_')).filter((type) => !(type in en.timeline))).toEqual([])
})
