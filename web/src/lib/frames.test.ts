import { expect, it } from 'vitest'
import { frameReader } from './frames'
import { waitAfter } from './live'

it('reads frames from pieces that end anywhere', () => {
  const read = frameReader()
  expect(read(': pulse\n\nid: 7\nevent: chat.re')).toEqual([])
  expect(read('ad\ndata: {"a":\ndata: 1}\n')).toEqual([])
  expect(read('\n')).toEqual([{ id: '7', event: 'chat.read', data: '{"a":\n1}' }])
})

it('waits longer after every failure, up to a limit', () => {
  expect(waitAfter(1, 1)).toBe(500)
  expect(waitAfter(3, 1)).toBe(2_000)
  expect(waitAfter(30, 1)).toBe(15_000)
})
