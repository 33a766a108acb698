import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, query, randomId } from '@/lib/api'
import { boards } from '@/lib/boards'
import { call, seen, type Schema } from '@/lib/client'
import { keys } from '@/lib/keys'
import type { Board, BoardCard, Deal, Page, Pipeline } from '@/lib/types'
import { find, moved, movedAll, neighbours, replaced, type Target } from './board'

/** Cards of a column that are loaded at a time. */
export const MORE = 50
/** The board is kept by events, moments behind: how often, and how long apart, it is asked again until it has caught up. */
const TRIES = 6
const TRY_AGAIN_MS = 250

/** `wanted` is how many cards of each column are shown; of columns that are missing, the first. */
export function useBoard(pipelineId: string, q: string, wanted: Record<string, number>) {
  const filter = q ? JSON.stringify({ field: 'name', contains: q }) : null
  return useQuery<Board>({
    queryKey: keys.board(pipelineId, q, wanted),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      for (let tried = 1; ; tried++) {
        const board = await api<Board>(`/pipelines/${pipelineId}/board${query({ filter, limit: MORE })}`, { signal })
        for (const column of board.columns) {
          while (column.nextCursor && column.items.length < (wanted[column.statusId] ?? 0)) {
            const path = `/pipelines/${pipelineId}/statuses/${column.statusId}/cards`
            const more = await api<Page<BoardCard>>(path + query({ filter, limit: MORE, cursor: column.nextCursor }), { signal })
            column.items.push(...more.items)
            column.nextCursor = more.nextCursor
          }
        }
        if (tried === TRIES || filter || boards.caughtUp(board.columns)) return board
        await new Promise((again) => setTimeout(again, TRY_AGAIN_MS))
      }
    },
  })
}

export type MoveCard = { dealId: string; target: Target; lossReasonId?: string | null }

/** Shown at once, and taken back when the server refuses. */
export function useMove(boardKey: readonly unknown[]) {
  const client = useQueryClient()
  return useMutation({
    scope: { id: 'board' }, // one after the other: a second drag of the same card follows the version of the first
    mutationFn: async ({ dealId, target, lossReasonId, place }: MoveCard & { place: ReturnType<typeof neighbours> }) => {
      const version = find(client.getQueryData<Board>(boardKey)!, dealId)?.card.version
      return api<Deal>(`/deals/${dealId}/move`, {
        method: 'POST',
        body: { statusId: target.statusId, ...place, lossReasonId: lossReasonId ?? null },
        headers: { 'If-Match': `"${version}"` },
      })
    },
    onSuccess: (deal) => {
      boards.heard(deal.id, { version: deal.version, statusId: deal.statusId, rank: deal.rank, gone: deal.leftAt !== null })
      change((board) => replaced(board, deal.id, { version: deal.version, rank: deal.rank, statusSince: deal.statusSince }))
    },
    // Where the card is now, only the server knows: somebody else may have moved it meanwhile.
    onError: () => client.invalidateQueries({ queryKey: keys.boards }),
  })

  function change(how: (board: Board) => Board) {
    client.setQueryData<Board>(boardKey, (board) => board && how(board))
  }
}

export type Refused = Schema<'DealResult'>

/** As many as the server moves at once. */
const MOST = 100

/** Answers with those that stay where they are. What was moved is shown at once; the rest is told by the events of each. */
export function useMoveMarked(boardKey: readonly unknown[]) {
  const client = useQueryClient()
  return useMutation({
    scope: { id: 'board' },
    mutationFn: async ({ cards, statusId, lossReasonId, once }: MoveMarked): Promise<Refused[]> => {
      const results: Refused[] = []
      // From the last: each lot is put on top of the one before.
      for (let end = cards.length; end > 0; end -= MOST) {
        const items = cards.slice(Math.max(0, end - MOST), end).map(({ id, version }) => ({ dealId: id, version }))
        const header = { 'Idempotency-Key': `${once}-${end}` }
        results.unshift(...(await call('post', '/deals/move', { header, body: { items, statusId, lossReasonId } })).items)
      }
      return results.filter(({ outcome }) => outcome !== 'moved')
    },
    onSuccess: async (stayed, { cards, statusId }) => {
      const gone = cards.map(({ id }) => id).filter((id) => !stayed.some(({ dealId }) => dealId === id))
      if (gone.length === 0) return client.invalidateQueries({ queryKey: keys.boards })
      await client.cancelQueries({ queryKey: boardKey })
      client.setQueryData<Board>(boardKey, (board) => board && movedAll(board, gone, statusId))
    },
    onError: () => client.invalidateQueries({ queryKey: keys.boards }),
  })
}

type MoveMarked = { cards: BoardCard[]; statusId: string; lossReasonId: string | null; once: string }

/** Puts the card there on the screen; the returned function takes it back. */
export function useShowMove(boardKey: readonly unknown[]) {
  const client = useQueryClient()
  return (dealId: string, target: Target) => {
    void client.cancelQueries({ queryKey: boardKey })
    const before = find(client.getQueryData<Board>(boardKey)!, dealId)
    const put = (where: Target) => client.setQueryData<Board>(boardKey, (board) => board && moved(board, dealId, where))
    put(target)
    return () => before && put(before)
  }
}

export function useEnter() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wanted: { contactId: string; pipelineId: string; value: { amount: number; currency: string } | null; key: string }) =>
      api<Deal>('/deals', {
        method: 'POST',
        body: { contactId: wanted.contactId, pipelineId: wanted.pipelineId, value: wanted.value },
        headers: { 'Idempotency-Key': wanted.key },
      }),
    onSuccess: (deal) => {
      boards.heard(deal.id, { version: deal.version, statusId: deal.statusId, rank: deal.rank, gone: false })
      return client.invalidateQueries({ queryKey: keys.boards })
    },
  })
}

export function useDefinePipeline() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wanted: { name: string; statuses: { name: string; kind: string; colour: string }[]; key: string }) =>
      api<Pipeline>('/pipelines', {
        method: 'POST',
        body: { name: wanted.name, statuses: wanted.statuses },
        headers: { 'Idempotency-Key': wanted.key },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.pipelines }),
  })
}

/** What is changed is the version that was seen; whatever came of it, what is shown is read again. */
function useChange<Wanted>(send: (wanted: Wanted) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    scope: { id: 'pipeline' },
    mutationFn: send,
    onSettled: () => client.invalidateQueries({ queryKey: keys.pipelines }),
  })
}

export const useChangePipeline = (pipeline: Pipeline) =>
  useChange((body: Schema<'PipelineChange'>) => call('patch', '/pipelines/{id}', { path: { id: pipeline.id }, header: seen(pipeline), body }))

export const useAddStatus = (pipeline: Pipeline) =>
  useChange(({ once, ...body }: { once: string; name: string; kind: string; colour: string }) =>
    call('post', '/pipelines/{id}/statuses', { path: { id: pipeline.id }, header: { ...seen(pipeline), 'Idempotency-Key': once }, body }),
  )

export const useChangeStatus = (pipeline: Pipeline) =>
  useChange(({ id, ...body }: Schema<'PipelineStatusChange'> & { id: string }) =>
    call('patch', '/pipelines/{id}/statuses/{statusId}', { path: { id: pipeline.id, statusId: id }, header: seen(pipeline), body }),
  )

/** Without an id it is another reason. */
export const useChangeReason = (pipeline: Pipeline) =>
  useChange(({ id, once, ...body }: { id?: string; once?: string; text?: string; archived?: boolean }) =>
    id
      ? call('patch', '/pipelines/{id}/loss-reasons/{reasonId}', { path: { id: pipeline.id, reasonId: id }, header: seen(pipeline), body })
      : call('post', '/pipelines/{id}/loss-reasons', {
          path: { id: pipeline.id },
          header: { ...seen(pipeline), 'Idempotency-Key': once ?? randomId() },
          body: { text: body.text ?? '' },
        }),
  )

/** The custom fields that a status may ask for. */
export const useRequirable = (projectId: string) =>
  useQuery({
    queryKey: keys.fields(projectId),
    queryFn: ({ signal }) => call('get', '/contact-fields', { query: { projectId }, signal }),
  }).data?.items ?? []
