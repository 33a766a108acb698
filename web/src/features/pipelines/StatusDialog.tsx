import { Button, ColorInput, Group, Modal, MultiSelect, Select, Stack, Switch, TextInput } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { randomId } from '@/lib/api'
import { toastProblem } from '@/lib/problem'
import type { Pipeline, PipelineStatus } from '@/lib/types'
import { useAddStatus, useChangeStatus, useRequirable } from './api'

const LONGEST_NAME = 100
const FIRST_COLOUR = '#1c7ed6'
const COLOURS = [FIRST_COLOUR, '#7048e8', '#f59f00', '#2f9e44', '#e03131', '#0c8599', '#868e96']

type StatusProps = { pipeline: Pipeline; status?: PipelineStatus; onClose: () => void }

/** One more status, or how one is: its kind stays, since what went through it was won or lost by that. */
export function StatusDialog({ pipeline, status, onClose }: StatusProps) {
  const { t } = useTranslation()
  const [name, setName] = useState(status?.name ?? '')
  const [kind, setKind] = useState<string>(status?.kind ?? 'open')
  const [colour, setColour] = useState(status?.colour ?? FIRST_COLOUR)
  const [everywhere, setEverywhere] = useState(status?.next == null)
  const [next, setNext] = useState(status?.next ?? [])
  const [required, setRequired] = useState(status?.requiredFields ?? [])
  const fields = useRequirable(pipeline.projectId).filter(({ id, archived }) => !archived || required.includes(id))
  const add = useAddStatus(pipeline)
  const change = useChangeStatus(pipeline)
  const once = useRef(randomId())

  function submit(event: FormEvent) {
    event.preventDefault()
    const outcome = {
      onSuccess: onClose,
      onError: (refused: Error) => {
        once.current = randomId()
        toastProblem(refused)
      },
    }
    if (status) change.mutate({ id: status.id, name, colour, next: everywhere ? null : next, requiredFields: required }, outcome)
    else add.mutate({ once: once.current, name, kind, colour }, outcome)
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(status ? 'pipelines.settings.editStatus' : 'pipelines.settings.addStatus')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('pipelines.settings.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={LONGEST_NAME}
            required
            withAsterisk={false}
            data-autofocus
          />
          {!status && (
            <Select
              label={t('pipelines.settings.kind')}
              data={(['open', 'won', 'lost'] as const).map((value) => ({ value, label: t(`pipelines.settings.kinds.${value}`) }))}
              value={kind}
              onChange={(chosen) => chosen && setKind(chosen)}
              allowDeselect={false}
            />
          )}
          <ColorInput label={t('pipelines.settings.colour')} value={colour} onChange={setColour} format="hex" swatches={COLOURS} />
          {status && (
            <>
              <Switch
                label={t('pipelines.settings.everywhere')}
                checked={everywhere}
                onChange={(event) => setEverywhere(event.currentTarget.checked)}
              />
              {!everywhere && (
                <MultiSelect
                  label={t('pipelines.settings.next')}
                  data={pipeline.statuses
                    .filter(({ id, archived }) => id !== status.id && (!archived || next.includes(id)))
                    .map(({ id, name: label }) => ({ value: id, label }))}
                  value={next}
                  onChange={setNext}
                  searchable
                />
              )}
              {fields.length > 0 && (
                <MultiSelect
                  label={t('pipelines.settings.required')}
                  description={t('pipelines.settings.requiredHint')}
                  data={fields.map(({ id, label }) => ({ value: id, label }))}
                  value={required}
                  onChange={setRequired}
                  searchable
                />
              )}
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending || change.isPending}>
              {t('app.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
