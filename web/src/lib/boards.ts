import type { BoardColumn } from './types'

/** What is known of a card beside the board: by the answer to a move of ours, or by a live event. */
export type Seen = { version: number; statusId: string; rank: string; gone: boolean }

/** More than a person moves before the board has caught up. */
const MOST = 500

const seen = new Map<string, Seen>()

export const boards = {
  heard(dealId: string, card: Seen) {
    const before = seen.get(dealId)
    if (before && before.version >= card.version) return
    seen.delete(dealId)
    seen.set(dealId, card)
    if (seen.size > MOST) seen.delete(seen.keys().next().value!)
  },

  /** False when the board, which the server keeps by events, has not heard what this page has. */
  caughtUp(columns: BoardColumn[]): boolean {
    for (const [id, known] of seen) {
      const card = columns.flatMap((column) => column.items).find((item) => item.id === id)
      if (card) {
        if (card.version < known.version) return false
        continue
      }
      const column = columns.find(({ statusId }) => statusId === known.statusId)
      const last = column?.items.at(-1)
      const shown = column && (column.nextCursor === null || (last !== undefined && known.rank < last.rank))
      if (shown && !known.gone) return false
    }
    return true
  },

  forget: () => seen.clear(),
}
