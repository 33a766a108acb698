import { Badge, Button, Card, Group, SimpleGrid, Skeleton, Table, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { count, duration } from '@/lib/format'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { OperationsSummary, QueueState } from '@/lib/types'
import { Confirm } from '@/ui/Confirm'
import { Problem } from '@/ui/Notice'
import { Sheet } from '@/ui/Sheet'
import { AGAIN_AFTER_SECONDS, useQueues, useRemoveQueue, useSummary } from './api'

export function OperationsPage() {
  const { t } = useTranslation()
  const summary = useSummary()
  const queues = useQueues()

  useEffect(() => {
    document.title = `${t('operations.title')} · ${t('app.name')}`
  }, [t])

  return (
    <Sheet title={t('operations.title')} text={t('operations.text')} aside={summary.data && <Health {...summary.data} />}>
      {summary.isPending && <Skeleton height={110} />}
      {summary.isError && !summary.data && <Problem error={summary.error} retry={() => void summary.refetch()} />}
      {summary.data && <Tiles summary={summary.data} />}
      <Title order={2} size="h4" mt="xl" mb="sm">
        {t('operations.queues')}
      </Title>
      {queues.isPending && <Skeleton height={160} />}
      {queues.isError && !queues.data && <Problem error={queues.error} retry={() => void queues.refetch()} />}
      {queues.data && <Queues queues={queues.data.queues} />}
      <Text size="xs" c="var(--crm-muted)" mt="sm">
        {t('operations.updated', { count: AGAIN_AFTER_SECONDS })}
      </Text>
    </Sheet>
  )
}

function Health({ accepted, applied, lost, doubled }: OperationsSummary) {
  const { t } = useTranslation()
  if (lost > 0 || doubled > 0)
    return (
      <Badge size="lg" color="red" variant="light">
        {t('operations.trouble')}
      </Badge>
    )
  return (
    <Badge size="lg" color={applied < accepted ? 'blue' : 'green'} variant="light">
      {t(applied < accepted ? 'operations.behind' : 'operations.healthy')}
    </Badge>
  )
}

function Tiles({ summary }: { summary: OperationsSummary }) {
  const { t } = useTranslation()
  const tiles = [
    { name: t('operations.accepted'), hint: t('operations.acceptedHint'), value: summary.accepted, bad: false },
    { name: t('operations.applied'), hint: t('operations.appliedHint'), value: summary.applied, bad: false },
    { name: t('operations.lost'), hint: t('operations.lostHint'), value: summary.lost, bad: summary.lost > 0 },
    { name: t('operations.doubled'), hint: t('operations.doubledHint'), value: summary.doubled, bad: summary.doubled > 0 },
  ]
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
      {tiles.map(({ name, hint, value, bad }) => (
        <Card key={name} withBorder padding="lg" bg="var(--crm-pane)" role="group" aria-label={name}>
          <Text size="sm" c="var(--crm-muted)">
            {name}
          </Text>
          <Text fz={32} fw={700} lh={1.25} c={bad ? 'var(--crm-danger)' : undefined} style={{ fontVariantNumeric: 'tabular-nums' }}>
            {count(value)}
          </Text>
          <Text size="xs" c="var(--crm-muted)">
            {hint}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  )
}

function Queues({ queues }: { queues: QueueState[] }) {
  const { t } = useTranslation()
  if (queues.length === 0)
    return (
      <Text size="sm" c="var(--crm-muted)">
        {t('operations.noQueues')}
      </Text>
    )
  return (
    <Card withBorder padding={0} bg="var(--crm-pane)">
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="sm" horizontalSpacing="md" tabularNums aria-label={t('operations.queues')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('operations.queue')}</Table.Th>
              <Table.Th>{t('operations.lane')}</Table.Th>
              {['depth', 'unacked', 'oldest', 'consumers', 'dead'].map((column) => (
                <Table.Th key={column} ta="right">
                  {t(`operations.${column as 'depth'}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {queues.map((queue, i) => (
              <Table.Tr key={`${queue.name} ${queue.lane}`}>
                <Table.Td ff="monospace" fz="sm">
                  {queue.name}
                  {queue.abandoned && queue.name !== queues[i - 1]?.name && (
                    <Abandoned name={queue.name} held={queues.filter(({ name }) => name === queue.name).reduce((sum, lane) => sum + held(lane), 0)} />
                  )}
                </Table.Td>
                <Table.Td c="var(--crm-muted)">{t(`operations.lanes.${queue.lane}`)}</Table.Td>
                <Table.Td ta="right">{count(queue.depth)}</Table.Td>
                <Table.Td ta="right">{count(queue.unacked)}</Table.Td>
                <Table.Td ta="right">{queue.oldestAgeSeconds === null ? '–' : duration(queue.oldestAgeSeconds)}</Table.Td>
                <Table.Td ta="right">{count(queue.consumers)}</Table.Td>
                <Table.Td ta="right">
                  {queue.deadLetters > 0 ? (
                    <Group justify="flex-end">
                      <Badge color="red" variant="light">
                        {count(queue.deadLetters)}
                      </Badge>
                    </Group>
                  ) : (
                    '0'
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  )
}

const held = ({ depth, unacked, deadLetters }: QueueState) => depth + unacked + deadLetters

/** The queue of a consumer that no running program has any more: it may go, with what it holds in any lane. */
function Abandoned({ name, held }: { name: string; held: number }) {
  const { t } = useTranslation()
  const may = useMay('operations_write')
  const [asking, question] = useDisclosure(false)
  const remove = useRemoveQueue()

  function confirm() {
    remove.mutate(
      { name, discard: held > 0 },
      {
        onSuccess: () => toastDone(t('operations.removed', { name })),
        onError: toastProblem,
        onSettled: question.close,
      },
    )
  }

  return (
    <Group gap="xs" mt={4}>
      <Badge color="gray" variant="light">
        {t('operations.abandoned')}
      </Badge>
      {may && (
        <Button variant="default" size="compact-xs" onClick={question.open}>
          {t('operations.remove')}
        </Button>
      )}
      <Confirm
        opened={asking}
        title={t('operations.removeTitle', { name })}
        text={t(held > 0 ? 'operations.removeHolding' : 'operations.removeText', { count: held })}
        action={t('operations.removeConfirm')}
        loading={remove.isPending}
        onConfirm={confirm}
        onClose={question.close}
      />
    </Group>
  )
}
