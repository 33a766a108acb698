import { Badge, Button, Checkbox, Group, Modal, NumberInput, Select, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { DragDropContext, Draggable, Droppable, type DropResult, type ResponderProvided } from '@hello-pangea/dnd'
import { IconColumns3, IconPlus, IconSearch, IconSettings } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { randomId } from '@/lib/api'
import { useContacts } from '@/lib/contacts'
import { briefly, count, money } from '@/lib/format'
import { keys } from '@/lib/keys'
import { usePipelines } from '@/lib/pipelines'
import { toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Board, BoardCard, BoardColumn, Pipeline, PipelineStatus } from '@/lib/types'
import { Face } from '@/ui/Face'
import { Notice, Problem } from '@/ui/Notice'
import { MORE, useBoard, useDefinePipeline, useEnter, useMove, useShowMove } from './api'
import { find, neighbours, type Target } from './board'
import classes from './BoardPage.module.css'
import { MarkedCards } from './MarkedCards'
import { ReasonDialog } from './ReasonDialog'
import { useUsualStatuses } from './usual'

const TYPING_PAUSE_MS = 250
const DEFAULT_CURRENCY = 'BRL'

type Pending = { dealId: string; target: Target; place: ReturnType<typeof neighbours>; takeBack: () => void }

export function BoardPage() {
  const { t } = useTranslation()
  const { pipelineId } = useParams()
  const navigate = useNavigate()
  const mayManage = useMay('pipeline_manage')
  const pipelines = usePipelines()
  const present = pipelines.data?.items.filter(({ archived }) => !archived) ?? []
  const shown = present.find(({ id }) => id === pipelineId) ?? present.find(({ isDefault }) => isDefault) ?? present[0]

  useEffect(() => {
    document.title = `${t('pipelines.title')} · ${t('app.name')}`
  }, [t])

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Title order={1} size="h3">
          {t('pipelines.title')}
        </Title>
        {present.length > 1 && shown && (
          <Select
            aria-label={t('pipelines.choose')}
            data={present.map(({ id, name }) => ({ value: id, label: name }))}
            value={shown.id}
            allowDeselect={false}
            onChange={(id) => id && void navigate(`/pipelines/${id}`)}
          />
        )}
        {present.length === 1 && <Text fw={500}>{shown?.name}</Text>}
        {mayManage && shown && (
          <Button
            component={Link}
            to={`/pipelines/${shown.id}/settings`}
            variant="subtle"
            leftSection={<IconSettings size={17} aria-hidden />}
            ml="auto"
          >
            {t('pipelines.settings.open')}
          </Button>
        )}
      </header>
      {pipelines.isPending && <Skeleton height={320} m="md" />}
      {pipelines.isError && !pipelines.data && <Problem error={pipelines.error} retry={() => void pipelines.refetch()} />}
      {pipelines.isSuccess && !shown && <FirstPipeline />}
      {shown && <Columns key={shown.id} pipeline={shown} />}
    </div>
  )
}

/** Nobody has defined a pipeline yet: a usual one is one click away. */
function FirstPipeline() {
  const { t } = useTranslation()
  const mayManage = useMay('pipeline_manage')
  const define = useDefinePipeline()
  const [key] = useState(randomId)
  const usual = useUsualStatuses()
  return (
    <Notice icon={<IconColumns3 />} title={t('pipelines.emptyTitle')} text={t('pipelines.emptyText')}>
      {mayManage && (
        <Button
          loading={define.isPending}
          onClick={() => define.mutate({ name: t('pipelines.usual.name'), statuses: usual, key }, { onError: toastProblem })}
        >
          {t('pipelines.create')}
        </Button>
      )}
    </Notice>
  )
}

function Columns({ pipeline }: { pipeline: Pipeline }) {
  const { t } = useTranslation()
  const mayWrite = useMay('pipeline_write')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const [wanted, setWanted] = useState<Record<string, number>>({})
  const [entering, setEntering] = useState(false)
  const [losing, setLosing] = useState<Pending | null>(null)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const boardKey = keys.board(pipeline.id, q, wanted)
  const board = useBoard(pipeline.id, q, wanted)
  const move = useMove(boardKey)
  const showMove = useShowMove(boardKey)
  const statuses = pipeline.statuses.filter(({ archived }) => !archived)
  const reasons = pipeline.lossReasons.filter(({ archived }) => !archived)
  const nameOf = (statusId: string) => statuses.find(({ id }) => id === statusId)?.name ?? ''

  function mark(dealId: string) {
    const next = new Set(marked)
    if (!next.delete(dealId)) next.add(dealId)
    setMarked(next)
  }

  function send({ dealId, target, place, takeBack }: Pending, lossReasonId?: string) {
    move.mutate(
      { dealId, target, place, lossReasonId },
      {
        onError: (refused) => {
          takeBack()
          toastProblem(refused)
        },
      },
    )
  }

  function dropped({ draggableId, source, destination }: DropResult, { announce }: ResponderProvided) {
    if (!destination || !board.data) {
      announce(t('pipelines.dnd.cancelled'))
      return
    }
    if (source.droppableId === destination.droppableId && source.index === destination.index) return
    const target = { statusId: destination.droppableId, index: destination.index }
    const place = neighbours(board.data, draggableId, target)
    const pending = { dealId: draggableId, target, place, takeBack: showMove(draggableId, target) }
    announce(t('pipelines.dnd.dropped', { status: nameOf(target.statusId), place: target.index + 1 }))
    const kind = statuses.find(({ id }) => id === target.statusId)?.kind
    if (kind === 'lost' && source.droppableId !== destination.droppableId && reasons.length > 0) setLosing(pending)
    else send(pending)
  }

  return (
    <>
      <Group px="md" pb="sm" gap="sm">
        <TextInput
          type="search"
          aria-label={t('pipelines.search')}
          placeholder={t('pipelines.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          leftSection={<IconSearch size={17} aria-hidden />}
          variant="filled"
          radius="xl"
        />
        {mayWrite && (
          <Button variant="light" leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setEntering(true)}>
            {t('pipelines.add')}
          </Button>
        )}
      </Group>
      {board.isPending && <Skeleton height={320} m="md" />}
      {board.isError && !board.data && <Problem error={board.error} retry={() => void board.refetch()} />}
      {board.data && (
        <DragDropContext
          dragHandleUsageInstructions={t('pipelines.dnd.instructions')}
          onDragStart={({ source }, { announce }) =>
            announce(t('pipelines.dnd.lifted', { status: nameOf(source.droppableId), place: source.index + 1 }))
          }
          onDragUpdate={({ destination }, { announce }) =>
            announce(
              destination
                ? t('pipelines.dnd.over', { status: nameOf(destination.droppableId), place: destination.index + 1 })
                : t('pipelines.dnd.nowhere'),
            )
          }
          onDragEnd={dropped}
        >
          <div className={classes.board}>
            {statuses.map((status) => {
              const column = columnOf(board.data, status.id)
              return (
                <Column
                  key={status.id}
                  status={status}
                  column={column}
                  fixed={!mayWrite || q !== ''}
                  marked={marked}
                  onMark={mayWrite ? mark : undefined}
                  more={() => setWanted({ ...wanted, [status.id]: column.items.length + MORE })}
                />
              )
            })}
          </div>
        </DragDropContext>
      )}
      {board.data && <MarkedCards pipeline={pipeline} board={board.data} boardKey={boardKey} marked={marked} onMark={setMarked} />}
      {entering && <EnterDialog pipeline={pipeline} close={() => setEntering(false)} />}
      {losing && (
        <ReasonDialog
          pipeline={pipeline}
          title={t('pipelines.reasonTitle', { name: (board.data && find(board.data, losing.dealId)?.card.contactName) ?? t('inbox.unnamed') })}
          close={() => {
            losing.takeBack()
            setLosing(null)
          }}
          choose={(reason) => {
            send(losing, reason)
            setLosing(null)
          }}
        />
      )}
    </>
  )
}

function columnOf(board: Board, statusId: string): BoardColumn {
  return board.columns.find((column) => column.statusId === statusId) ?? { statusId, cards: 0, sums: [], items: [], nextCursor: null }
}

/** `onMark` is missing for who may not move anything. */
type Marking = { marked: ReadonlySet<string>; onMark?: (dealId: string) => void }

type ColumnProps = Marking & { status: PipelineStatus; column: BoardColumn; fixed: boolean; more: () => void }

function Column({ status, column, fixed, more, ...marking }: ColumnProps) {
  const { t } = useTranslation()
  return (
    <section className={classes.column} aria-label={status.name}>
      <header className={classes.columnHead} style={{ borderTopColor: status.colour }}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Title order={2} size="h6" lineClamp={1}>
            {status.name}
          </Title>
          <Badge variant="light" color="gray" aria-label={t('pipelines.cards', { count: column.cards })}>
            {count(column.cards)}
          </Badge>
        </Group>
        <Text size="xs" c="var(--crm-muted)" mih={18}>
          {column.sums.map(money).join(' · ')}
        </Text>
      </header>
      <Droppable droppableId={status.id}>
        {(drop, over) => (
          <div ref={drop.innerRef} {...drop.droppableProps} className={classes.cards} data-over={over.isDraggingOver || undefined}>
            {column.items.map((card, index) => (
              <Card key={card.id} card={card} index={index} fixed={fixed} {...marking} />
            ))}
            {drop.placeholder}
            {column.nextCursor && (
              <Button variant="subtle" size="compact-sm" onClick={more}>
                {t('app.more')}
              </Button>
            )}
          </div>
        )}
      </Droppable>
    </section>
  )
}

type CardProps = Marking & { card: BoardCard; index: number; fixed: boolean }

function Card({ card, index, fixed, marked, onMark }: CardProps) {
  const { t } = useTranslation()
  const name = card.contactName ?? t('inbox.unnamed')
  return (
    <Draggable draggableId={card.id} index={index} isDragDisabled={fixed}>
      {(drag, now) => (
        <div
          ref={drag.innerRef}
          {...drag.draggableProps}
          {...drag.dragHandleProps}
          role="group" // and no button, as the library has it: there is a link inside
          aria-roledescription={t('pipelines.card')}
          className={classes.card}
          data-dragging={now.isDragging || undefined}
          data-marked={marked.has(card.id) || undefined}
          aria-label={name}
          onClick={(event) => {
            const inside = (event.target as Element).closest('a, input')
            if (!inside && (event.ctrlKey || event.metaKey)) onMark?.(card.id)
          }}
        >
          <Group wrap="nowrap" gap="sm">
            <Face name={card.contactName} size={32} />
            <div style={{ minWidth: 0, flex: 1 }}>
              <Link className={classes.name} to={`/contacts/${card.contactId}`} draggable={false}>
                {name}
              </Link>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm" fw={500}>
                  {card.value ? money(card.value) : ''}
                </Text>
                <Text size="xs" c="var(--crm-muted)">
                  {briefly(card.statusSince)}
                </Text>
              </Group>
            </div>
            {onMark && (
              <Checkbox
                size="xs"
                aria-label={t('pipelines.mark', { name })}
                checked={marked.has(card.id)}
                onChange={() => onMark(card.id)}
                style={{ alignSelf: 'flex-start' }}
              />
            )}
          </Group>
        </div>
      )}
    </Draggable>
  )
}

function EnterDialog({ pipeline, close }: { pipeline: Pipeline; close: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const contacts = useContacts(q)
  const [contactId, setContactId] = useState<string | null>(null)
  const [amount, setAmount] = useState<number | string>('')
  const [key] = useState(randomId)
  const enter = useEnter()
  const found = contacts.data?.pages.flatMap((page) => page.items) ?? []

  return (
    <Modal opened onClose={close} title={t('pipelines.add')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!contactId) return
          const value = typeof amount === 'number' ? { amount: Math.round(amount * 100), currency: DEFAULT_CURRENCY } : null
          enter.mutate({ contactId, pipelineId: pipeline.id, value, key }, { onSuccess: close, onError: toastProblem })
        }}
      >
        <Stack>
          <Select
            label={t('pipelines.contact')}
            data={found.map((contact) => ({
              value: contact.id,
              label: contact.name ?? contact.identities[0]?.display ?? contact.identities[0]?.value ?? t('inbox.unnamed'),
            }))}
            filter={({ options }) => options}
            searchable
            searchValue={typed}
            onSearchChange={setTyped}
            value={contactId}
            onChange={setContactId}
            nothingFoundMessage={t('inbox.nothingFound')}
            data-autofocus
          />
          <NumberInput
            label={t('pipelines.value')}
            prefix="R$ "
            decimalScale={2}
            thousandSeparator="."
            decimalSeparator=","
            min={0}
            value={amount}
            onChange={setAmount}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" disabled={!contactId} loading={enter.isPending}>
              {t('pipelines.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
