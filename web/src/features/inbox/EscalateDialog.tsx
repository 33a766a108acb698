import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone, toastProblem } from '@/lib/problem'
import { useAgents, useEscalate, useTeams, type Session } from './api'

/** As long as the server keeps it. */
const LONGEST_REASON = 2_000
const BY_RULE = 'rule'

/** A session is more than whoever has it can do: to whom it goes, and why. */
export function EscalateDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useTranslation()
  const [whom, setWhom] = useState(BY_RULE)
  const [reason, setReason] = useState('')
  const teams = useTeams().data?.items ?? []
  const agents = useAgents().data?.items ?? []
  const escalate = useEscalate(session)

  function submit(event: FormEvent) {
    event.preventDefault()
    const [kind, id = null] = whom.split(':')
    escalate.mutate(
      { teamId: kind === 'team' ? id : null, agentId: kind === 'agent' ? id : null, reason: reason.trim() || null },
      {
        onSuccess: () => {
          toastDone(t('escalation.done'))
          onClose()
        },
        onError: toastProblem,
      },
    )
  }

  return (
    <Modal opened onClose={onClose} title={t('escalation.title')}>
      <form onSubmit={submit}>
        <Stack>
          <Select
            label={t('escalation.to')}
            value={whom}
            onChange={(chosen) => chosen && setWhom(chosen)}
            allowDeselect={false}
            searchable
            data={[
              { value: BY_RULE, label: t('escalation.byRule') },
              {
                group: t('escalation.teams'),
                // one without anybody would let it lie
                items: teams.filter(({ agentIds }) => agentIds.length > 0).map(({ id, name }) => ({ value: `team:${id}`, label: name })),
              },
              {
                group: t('escalation.agents'),
                items: agents.filter(({ id }) => id !== session.agentId).map(({ id, name }) => ({ value: `agent:${id}`, label: name })),
              },
            ]}
          />
          <Textarea
            label={t('escalation.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={LONGEST_REASON}
            autosize
            minRows={2}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={escalate.isPending}>
              {t('escalation.escalate')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
