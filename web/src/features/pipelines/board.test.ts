import { beforeEach, describe, expect, it } from 'vitest'
import { boards } from '@/lib/boards'
import type { Board, BoardCard } from '@/lib/types'
import { find, moved, movedAll, neighbours, replaced } from './board'

const card = (id: string, statusId: string, amount: number | null = null): BoardCard => ({
  id,
  contactId: `contact-${id}`,
  contactName: id,
  statusId,
  rank: `a${id}`,
  value: amount === null ? null : { amount, currency: 'BRL' },
  lossReasonId: null,
  enteredAt: '2026-11-01T12:00:00Z',
  statusSince: '2026-11-01T12:00:00Z',
  version: 1,
})

const board: Board = {
  pipelineId: 'p',
  columns: [
    { statusId: 'new', cards: 7, sums: [{ currency: 'BRL', amount: 300 }], items: [card('1', 'new', 100), card('2', 'new', 200)], nextCursor: 'more' },
    { statusId: 'won', cards: 1, sums: [], items: [card('3', 'won')], nextCursor: null },
  ],
}

describe('a board', () => {
  it('moves several to the top of a column, the first highest', () => {
    const after = movedAll(board, ['2', '1'], 'won')
    expect(after.columns.map(({ cards }) => cards)).toEqual([5, 3])
    expect(after.columns[1]?.items.map(({ id }) => id)).toEqual(['2', '1', '3'])
  })

  it('moves a card with its count and its value', () => {
    const after = moved(board, '1', { statusId: 'won', index: 1 })
    expect(after.columns[0]).toMatchObject({ cards: 6, sums: [{ currency: 'BRL', amount: 200 }] })
    expect(after.columns[1]).toMatchObject({ cards: 2, sums: [{ currency: 'BRL', amount: 100 }] })
    expect(after.columns[1]!.items.map(({ id }) => id)).toEqual(['3', '1'])
    expect(moved(after, '1', { statusId: 'new', index: 0 })).toEqual(board)
    expect(moved(board, 'nobody', { statusId: 'won', index: 0 })).toBe(board)
  })

  it('knows between whom a card is put', () => {
    expect(neighbours(board, '1', { statusId: 'new', index: 1 })).toEqual({ afterId: '2', beforeId: null })
    expect(neighbours(board, '1', { statusId: 'won', index: 0 })).toEqual({ afterId: null, beforeId: '3' })
    expect(find(replaced(board, '2', { version: 9 }), '2')).toMatchObject({ statusId: 'new', index: 1, card: { version: 9 } })
  })
})

describe('a board that is read', () => {
  beforeEach(() => boards.forget())

  it('has caught up when it shows what was heard', () => {
    expect(boards.caughtUp(board.columns)).toBe(true)
    boards.heard('1', { version: 2, statusId: 'won', rank: 'a4', gone: false })
    expect(boards.caughtUp(board.columns)).toBe(false)
    expect(boards.caughtUp(replaced(board, '1', { version: 2 }).columns)).toBe(true)
    boards.heard('1', { version: 1, statusId: 'new', rank: 'a1', gone: false })
    expect(boards.caughtUp(replaced(board, '1', { version: 2 }).columns)).toBe(true)
  })

  it('misses a new card only where it would be shown', () => {
    boards.heard('9', { version: 1, statusId: 'new', rank: 'a9', gone: false })
    expect(boards.caughtUp(board.columns)).toBe(true)
    boards.heard('8', { version: 1, statusId: 'new', rank: 'Zz', gone: false })
    expect(boards.caughtUp(board.columns)).toBe(false)
  })
})
