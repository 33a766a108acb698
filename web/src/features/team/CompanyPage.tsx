import { Alert, Button, Card, Fieldset, Group, NumberInput, Select, Skeleton, Stack, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useEffect, useMemo, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/lib/api'
import { COUNTRIES } from '@/lib/countries'
import { toastDone, wording } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Project } from '@/lib/types'
import { Problem } from '@/ui/Notice'
import { Sheet } from '@/ui/Sheet'
import { useChangeProject, useProjects, type ProjectChange } from './api'
import { TeamSections } from './TeamSections'

const LONGEST_NAME = 200
const LONGEST_TIMEOUT_MINUTES = 30 * 24 * 60

export function CompanyPage() {
  const { t } = useTranslation()
  const may = useMay('settings_write')
  const projects = useProjects()

  useEffect(() => {
    document.title = `${t('company.title')} · ${t('app.name')}`
  }, [t])

  return (
    <Sheet title={t('company.title')} text={t(may ? 'company.text' : 'company.readOnly')}>
      <TeamSections />
      {projects.isPending && <Skeleton height={300} />}
      {projects.isError && !projects.data && <Problem error={projects.error} retry={() => void projects.refetch()} />}
      <Stack>
        {projects.data?.items.map((project) => (
          <Card key={project.id} component="section" withBorder padding="lg" bg="var(--crm-pane)" aria-label={project.name}>
            <ProjectForm project={project} />
          </Card>
        ))}
      </Stack>
    </Sheet>
  )
}

/** What the form says, as it says it. */
type Filled = { name: string; timeZone: string; country: string; minutes: string }

const asItIs = ({ name, timeZone, country, sessionTimeoutMinutes }: Project): Filled => ({
  name,
  timeZone,
  country,
  minutes: String(sessionTimeoutMinutes),
})

/** Only what is another. */
function changeOf(before: Filled, typed: Partial<Filled>): ProjectChange {
  const news = (field: keyof Filled) => typed[field] !== undefined && typed[field] !== before[field]
  return {
    ...(news('name') ? { name: typed.name } : {}),
    ...(news('timeZone') ? { timeZone: typed.timeZone } : {}),
    ...(news('country') ? { country: typed.country } : {}),
    ...(news('minutes') ? { sessionTimeoutMinutes: Number(typed.minutes) } : {}),
  }
}

function ProjectForm({ project }: { project: Project }) {
  const { t, i18n } = useTranslation()
  const may = useMay('settings_write')
  const [typed, setTyped] = useState<Partial<Filled>>({})
  // What stood here when the first field was touched; what others change meanwhile shows in the fields that were not.
  const [seenVersion, setSeenVersion] = useState<number | null>(null)
  const save = useChangeProject()
  const current = asItIs(project)
  const shown = { ...current, ...typed }
  const change = changeOf(current, typed)
  const untouched = Object.keys(change).length === 0
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'region' })
    return COUNTRIES.map((code) => ({ value: code, label: names.of(code) ?? code })).sort((a, b) => a.label.localeCompare(b.label, i18n.language))
  }, [i18n.language])
  const zones = useMemo(() => [...new Set([project.timeZone, ...Intl.supportedValuesOf('timeZone')])].sort(), [project.timeZone])
  const wrong = (field: string) =>
    save.error instanceof ApiError && save.error.errors.some((one) => one.field === field) ? wording(save.error) : undefined
  const placed = ['name', 'timeZone', 'country', 'sessionTimeoutMinutes'].some(wrong)

  function say(said: Partial<Filled>) {
    setSeenVersion((before) => before ?? project.version)
    setTyped((before) => ({ ...before, ...said }))
  }

  function leave() {
    setTyped({})
    setSeenVersion(null)
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    save.mutate(
      { id: project.id, version: seenVersion ?? project.version, change },
      {
        onSuccess: () => {
          leave()
          toastDone(t('company.saved'))
        },
        // What others changed stands in the form now: whoever saves again has seen it.
        onError: () => setSeenVersion(null),
      },
    )
  }

  return (
    <form onSubmit={submit}>
      <Fieldset variant="unstyled" disabled={!may}>
        <Stack maw={480}>
          <TextInput
            label={t('company.name')}
            value={shown.name}
            onChange={(event) => say({ name: event.currentTarget.value })}
            maxLength={LONGEST_NAME}
            required
            withAsterisk={false}
            error={wrong('name')}
          />
          <Select
            label={t('company.country')}
            description={t('company.countryHint')}
            value={shown.country}
            onChange={(country) => country && say({ country })}
            data={countries}
            searchable
            allowDeselect={false}
            nothingFoundMessage={t('inbox.nothingFound')}
            error={wrong('country')}
          />
          <Select
            label={t('company.timeZone')}
            description={t('company.timeZoneHint')}
            value={shown.timeZone}
            onChange={(timeZone) => timeZone && say({ timeZone })}
            data={zones}
            searchable
            allowDeselect={false}
            nothingFoundMessage={t('inbox.nothingFound')}
            error={wrong('timeZone')}
          />
          <NumberInput
            label={t('channels.minutes')}
            description={t('company.minutesHint')}
            value={shown.minutes}
            onChange={(minutes) => say({ minutes: String(minutes) })}
            min={1}
            max={LONGEST_TIMEOUT_MINUTES}
            allowDecimal={false}
            required
            withAsterisk={false}
            error={wrong('sessionTimeoutMinutes')}
          />
          {save.isError && !placed && (
            <Alert color="red" icon={<IconAlertCircle />} role="alert">
              {wording(save.error)}
            </Alert>
          )}
          {may && (
            <Group justify="flex-end">
              <Button variant="default" disabled={untouched} onClick={leave}>
                {t('app.cancel')}
              </Button>
              <Button type="submit" disabled={untouched} loading={save.isPending}>
                {t('app.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </Fieldset>
    </form>
  )
}
