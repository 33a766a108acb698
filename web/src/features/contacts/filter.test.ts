import { expect, it } from 'vitest'
import { conditions, readFilter, widened, writeFilter, type ContactFilter } from './filter'

const nothing: ContactFilter = { q: '', projectId: null, tag: null, statusId: null, lastMessage: null, field: null, deleted: false }

it.each<[string, Partial<ContactFilter>]>([
  ['', {}],
  ['q=ana+souza', { q: 'ana souza' }],
  ['q=ana&tag=cliente+antigo', { q: 'ana', tag: 'cliente antigo' }],
  ['status=s&last=before-30', { statusId: 's', lastMessage: 'before-30' }],
  ['choice.porte=Loja+%26+f%C3%A1brica', { field: { key: 'porte', how: 'choice', value: 'Loja & fábrica' } }],
  ['choice.porte=true', { field: { key: 'porte', how: 'choice', value: 'true' } }],
  ['truth.fiel=false', { field: { key: 'fiel', how: 'truth', value: 'false' } }],
  ['text.obs=Rua+1.5', { field: { key: 'obs', how: 'text', value: 'Rua 1.5' } }],
  ['document.loja=%7B%22plano%22%3A%22ouro%22%7D', { field: { key: 'loja', how: 'document', value: '{"plano":"ouro"}' } }],
  ['project=p&tag=vip', { projectId: 'p', tag: 'vip' }],
  ['tag=vip&deleted=true', { tag: 'vip', deleted: true }],
])('writes an address and reads it back: %s', (address, given) => {
  const filter = { ...nothing, ...given }
  expect(writeFilter(filter).toString()).toBe(address)
  expect(readFilter(new URLSearchParams(address))).toEqual(filter)
})

it('leaves out what nobody could have chosen', () => {
  expect(readFilter(new URLSearchParams('last=after-5&deleted=no&truth.fiel=perhaps&tag=&choice.porte=&document.loja={&toString.x=1'))).toEqual(nothing)
})

it('asks the API for all of it together', () => {
  expect(conditions({ ...nothing, tag: 'vip', statusId: 's', lastMessage: 'before-30', field: { key: 'fiel', how: 'truth', value: 'true' } })).toEqual([
    { field: 'tag', equals: 'vip' },
    { field: 'pipelineStatus', equals: 's' },
    { field: 'lastMessageAt', lessThan: { ago: 'P30D' } },
    { field: 'custom.fiel', equals: true },
  ])
  expect(conditions({ ...nothing, lastMessage: 'after-7' })).toEqual([{ field: 'lastMessageAt', atLeast: { ago: 'P7D' } }])
  expect(conditions({ ...nothing, q: 'ana', projectId: 'p' })).toEqual([])
  expect(conditions({ ...nothing, field: { key: 'obs', how: 'text', value: 'rua' } })).toEqual([{ field: 'custom.obs', contains: 'rua' }])
  expect(conditions({ ...nothing, field: { key: 'loja', how: 'document', value: '{"a":[1]}' } })).toEqual([{ field: 'custom.loja', contains: { a: [1] } }])
})

it('keeps what is typed when all else is taken away', () => {
  expect(widened({ ...nothing, q: 'ana', tag: 'vip', deleted: true })).toEqual({ ...nothing, q: 'ana' })
})
