import type { Board, BoardCard, BoardColumn, Money } from '@/lib/types'

export type Target = { statusId: string; index: number }

/** Where a card stands on the board that is shown. */
export function find(board: Board, dealId: string): { card: BoardCard; statusId: string; index: number } | null {
  for (const column of board.columns) {
    const index = column.items.findIndex(({ id }) => id === dealId)
    if (index >= 0) return { card: column.items[index]!, statusId: column.statusId, index }
  }
  return null
}

/** The cards above and below the place, once the card itself is taken away. */
export function neighbours(board: Board, dealId: string, target: Target): { afterId: string | null; beforeId: string | null } {
  const column = board.columns.find(({ statusId }) => statusId === target.statusId)
  const others = (column?.items ?? []).filter(({ id }) => id !== dealId)
  return { afterId: others[target.index - 1]?.id ?? null, beforeId: others[target.index]?.id ?? null }
}

/** The board as it will be when the server agrees. */
export function moved(board: Board, dealId: string, target: Target): Board {
  const from = find(board, dealId)
  if (!from) return board
  const card = { ...from.card, statusId: target.statusId }
  return {
    ...board,
    columns: board.columns.map((column) => {
      let next = column
      if (column.statusId === from.statusId) next = without(next, from.card)
      if (column.statusId === target.statusId) next = withCard(next, card, target.index)
      return next
    }),
  }
}

/** The board with these cards on top of a column, the first of them highest. */
export const movedAll = (board: Board, dealIds: string[], statusId: string): Board =>
  dealIds.reduceRight((now, dealId) => moved(now, dealId, { statusId, index: 0 }), board)

/** The card as the server knows it now. */
export function replaced(board: Board, dealId: string, change: Partial<BoardCard>): Board {
  return {
    ...board,
    columns: board.columns.map((column) => ({
      ...column,
      items: column.items.map((card) => (card.id === dealId ? { ...card, ...change } : card)),
    })),
  }
}

function without(column: BoardColumn, card: BoardCard): BoardColumn {
  return {
    ...column,
    cards: column.cards - 1,
    sums: plus(column.sums, card.value, -1),
    items: column.items.filter(({ id }) => id !== card.id),
  }
}

function withCard(column: BoardColumn, card: BoardCard, index: number): BoardColumn {
  const items = [...column.items]
  items.splice(index, 0, card)
  return { ...column, cards: column.cards + 1, sums: plus(column.sums, card.value, 1), items }
}

function plus(sums: Money[], value: Money | null, sign: number): Money[] {
  if (!value) return sums
  const known = sums.some(({ currency }) => currency === value.currency)
  const all = known ? sums : [...sums, { currency: value.currency, amount: 0 }]
  return all
    .map((sum) => (sum.currency === value.currency ? { ...sum, amount: sum.amount + sign * value.amount } : sum))
    .filter(({ amount }) => amount !== 0)
}
