import { Button, CloseButton, Group, List, Menu, Modal, Text, Tooltip } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, randomId } from '@/lib/api'
import { toastDone, toastProblem, wording } from '@/lib/problem'
import type { Board, Pipeline, PipelineStatus } from '@/lib/types'
import { useMoveMarked, type Refused } from './api'
import { find } from './board'
import classes from './BoardPage.module.css'
import { ReasonDialog } from './ReasonDialog'

type MarkedCardsProps = {
  pipeline: Pipeline
  board: Board
  boardKey: readonly unknown[]
  marked: ReadonlySet<string>
  onMark: (marked: ReadonlySet<string>) => void
}

/** What is done with all cards that are marked, each for itself: one that may not move keeps none of the others. */
export function MarkedCards({ pipeline, board, boardKey, marked, onMark }: MarkedCardsProps) {
  const { t } = useTranslation()
  const [losing, setLosing] = useState<PipelineStatus | null>(null)
  const [refused, setRefused] = useState<(Refused & { name: string })[]>([])
  const once = useRef(randomId())
  const move = useMoveMarked(boardKey)
  // Those that are shown: others have left, or are not what is looked for.
  const cards = board.columns.flatMap(({ items }) => items).filter(({ id }) => marked.has(id))
  const statuses = pipeline.statuses.filter(({ archived }) => !archived)
  const reasons = pipeline.lossReasons.filter(({ archived }) => !archived)

  function begin(status: PipelineStatus) {
    if (status.kind === 'lost' && reasons.length > 0) setLosing(status)
    else send(status)
  }

  function send(status: PipelineStatus, lossReasonId: string | null = null) {
    const going = cards.filter(({ statusId }) => statusId !== status.id)
    if (going.length === 0) return onMark(new Set())
    move.mutate(
      { cards: going, statusId: status.id, lossReasonId, once: once.current },
      {
        onSuccess: (stayed) => {
          const count = going.length - stayed.length
          if (count > 0) toastDone(t('pipelines.movedAll', { count, status: status.name }))
          setRefused(stayed.map((one) => ({ ...one, name: find(board, one.dealId)?.card.contactName ?? t('inbox.unnamed') })))
          onMark(new Set(stayed.map(({ dealId }) => dealId)))
        },
        onError: toastProblem,
        onSettled: () => {
          once.current = randomId()
        },
      },
    )
  }

  return (
    <>
      {cards.length > 0 && (
        <Group component="section" gap="xs" className={classes.marked} aria-label={t('pipelines.marking')}>
          <Text size="sm" fw={500} role="status">
            {t('pipelines.marked', { count: cards.length })}
          </Text>
          <Menu position="top" withinPortal>
            <Menu.Target>
              <Button size="compact-sm" loading={move.isPending} leftSection={<IconArrowRight size={16} aria-hidden />}>
                {t('pipelines.moveTo')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {statuses.map((status) => (
                <Menu.Item key={status.id} onClick={() => begin(status)}>
                  {status.name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Tooltip label={t('pipelines.unmark')}>
            <CloseButton aria-label={t('pipelines.unmark')} onClick={() => onMark(new Set())} />
          </Tooltip>
        </Group>
      )}
      {losing && (
        <ReasonDialog
          pipeline={pipeline}
          title={t('pipelines.reasonTitleAll', { count: cards.length })}
          close={() => setLosing(null)}
          choose={(reason) => {
            send(losing, reason)
            setLosing(null)
          }}
        />
      )}
      {refused.length > 0 && (
        <Modal
          opened
          onClose={() => setRefused([])}
          title={t('pipelines.stayed', { count: refused.length })}
          closeButtonProps={{ 'aria-label': t('app.close') }}
        >
          <List size="sm" spacing="xs">
            {refused.map(({ dealId, name, code, detail, errors }) => (
              <List.Item key={dealId}>
                <strong>{name}</strong>: {wording(new ApiError(409, code ?? '', detail ?? '', errors))}
              </List.Item>
            ))}
          </List>
        </Modal>
      )}
    </>
  )
}
