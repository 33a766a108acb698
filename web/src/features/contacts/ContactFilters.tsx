import { Button, Checkbox, Pill, Popover, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useTags } from '@/lib/contacts'
import { usePipelines } from '@/lib/pipelines'
import { useMay, useSignedIn } from '@/lib/session'
import { useCustomFields, type CustomField } from './api'
import classes from './ContactsPage.module.css'
import { useFieldText, valueOf, type Typed } from './fields'
import { Field } from './FieldsForm'
import { LAST_MESSAGES, readFilter, widened, writeFilter, type AskedField, type ContactFilter } from './filter'

/** How the fields of a type are asked for. A moment is missing: nobody knows one to the second. */
const HOW: Record<string, AskedField['how'] | undefined> = {
  boolean: 'truth',
  select: 'choice',
  multi_select: 'choice',
  number: 'choice',
  money: 'choice',
  date: 'choice',
  text: 'text',
  url: 'text',
  email: 'text',
  phone: 'text',
  json: 'document',
}
/** Types with a few values to choose from. */
const CHOSEN = ['select', 'multi_select', 'boolean']

/** The filter in the address, with the project that it speaks of. */
export function useContactFilter() {
  const [address, setAddress] = useSearchParams()
  const signedIn = useSignedIn()
  const projects = signedIn.state === 'in' ? signedIn.session.projects : []
  const filter = readFilter(address)
  const projectId = projects.find(({ id }) => id === filter.projectId)?.id ?? projects[0]?.id ?? ''
  return {
    filter,
    projects,
    projectId,
    // Replaced: the way back leads to where one came from, and not through each choice.
    change: (some: Partial<ContactFilter>) =>
      setAddress(writeFilter({ ...filter, projectId: projects.length > 1 ? projectId : null, ...some }), { replace: true }),
  }
}

type Filtering = ReturnType<typeof useContactFilter>

/** What is filtered, each with a cross, behind the button that opens the choices. */
export function ContactFilters({ filtering }: { filtering: Filtering }) {
  const { t } = useTranslation()
  const { filter, projectId, change } = filtering
  const [opened, popover] = useDisclosure(false)
  return (
    <div className={classes.filters}>
      <Popover
        opened={opened}
        onChange={(open) => (open ? popover.open() : popover.close())}
        position="bottom-start"
        width={280}
        shadow="md"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <Button variant="default" size="compact-sm" leftSection={<IconFilter size={16} aria-hidden />} onClick={popover.toggle}>
            {t('contacts.filter.open')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('contacts.filter.open')}>
          <Choices filtering={filtering} onClear={popover.close} />
        </Popover.Dropdown>
      </Popover>
      {filter.tag && <Chip text={`${t('contacts.tag')}: ${filter.tag}`} onRemove={() => change({ tag: null })} />}
      {filter.statusId && <StatusChip projectId={projectId} statusId={filter.statusId} onRemove={() => change({ statusId: null })} />}
      {filter.lastMessage && (
        <Chip
          text={`${t('contacts.filter.lastMessage')} ${t(`contacts.filter.choice.${filter.lastMessage}`)}`}
          onRemove={() => change({ lastMessage: null })}
        />
      )}
      {filter.deleted && <Chip text={t('contacts.filter.deleted')} onRemove={() => change({ deleted: false })} />}
      {filter.field && <FieldChip projectId={projectId} field={filter.field} onRemove={() => change({ field: null })} />}
    </div>
  )
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  const { t } = useTranslation()
  return (
    <Pill
      className={classes.chip}
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{ 'aria-label': t('contacts.filter.remove', { what: text }), tabIndex: 0, 'aria-hidden': false }}
    >
      {text}
    </Pill>
  )
}

function StatusChip({ projectId, statusId, onRemove }: { projectId: string; statusId: string; onRemove: () => void }) {
  const { t } = useTranslation()
  const pipelines = usePipelines(projectId)
  const status = pipelines.data?.items.flatMap(({ statuses }) => statuses).find(({ id }) => id === statusId)
  const name = status?.name ?? (pipelines.isSuccess ? t('contacts.filter.gone') : '…')
  return <Chip text={`${t('contacts.filter.status')}: ${name}`} onRemove={onRemove} />
}

type FieldChipProps = { projectId: string; field: AskedField; onRemove: () => void }

function FieldChip({ projectId, field: { key, how, value }, onRemove }: FieldChipProps) {
  const { t } = useTranslation()
  const fieldText = useFieldText()
  const field = useCustomFields(projectId).data?.items.find((one) => one.key === key)
  const text = how === 'truth' ? t(value === 'true' ? 'contact.yes' : 'contact.no') : how === 'choice' && field ? fieldText(field, value) : value
  return <Chip text={`${field?.label ?? key}: ${text}`} onRemove={onRemove} />
}

/** Inside a popover a list of options must stay in it: a click into one beside it would close it. */
const WITHIN = { withinPortal: false }

type ChoicesProps = { filtering: Filtering; onClear: () => void }

function Choices({ filtering: { filter, projects, projectId, change }, onClear }: ChoicesProps) {
  const { t } = useTranslation()
  const tags = useTags(projectId ? [projectId] : []).data ?? []
  const pipelines = useMay('pipeline_read')
  const fields = useCustomFields(projectId).data?.items.filter(({ archived, type }) => !archived && HOW[type]) ?? []
  return (
    <Stack gap="sm">
      {projects.length > 1 && (
        <Select
          label={t('channels.project')}
          data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          value={projectId}
          onChange={(id) => id && change({ ...widened(filter), projectId: id, lastMessage: filter.lastMessage })}
          allowDeselect={false}
          comboboxProps={WITHIN}
        />
      )}
      <Select
        label={t('contacts.tag')}
        placeholder={t('contacts.everyTag')}
        data={tags.map(({ name }) => name)}
        value={filter.tag}
        onChange={(tag) => change({ tag })}
        searchable
        clearable
        comboboxProps={WITHIN}
      />
      {pipelines && <StatusChoice projectId={projectId} value={filter.statusId} onChange={(statusId) => change({ statusId })} />}
      <Select
        label={t('contacts.filter.lastMessage')}
        placeholder={t('contacts.filter.anyTime')}
        data={LAST_MESSAGES.map((value) => ({ value, label: t(`contacts.filter.choice.${value}`) }))}
        value={filter.lastMessage}
        onChange={(lastMessage) => change({ lastMessage })}
        clearable
        comboboxProps={WITHIN}
      />
      {fields.length > 0 && <FieldChoice fields={fields} value={filter.field} onChange={(field) => change({ field })} />}
      <Checkbox
        label={t('contacts.filter.deleted')}
        checked={filter.deleted}
        onChange={(event) => change({ deleted: event.currentTarget.checked })}
      />
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => {
          change(widened(filter))
          onClear()
        }}
      >
        {t('contacts.filter.clear')}
      </Button>
    </Stack>
  )
}

type StatusChoiceProps = { projectId: string; value: string | null; onChange: (statusId: string | null) => void }

function StatusChoice({ projectId, value, onChange }: StatusChoiceProps) {
  const { t } = useTranslation()
  const present = usePipelines(projectId).data?.items.filter(({ archived }) => !archived) ?? []
  if (present.length === 0) return null
  return (
    <Select
      label={t('contacts.filter.status')}
      placeholder={t('contacts.filter.anyStatus')}
      data={present.map(({ name, statuses }) => ({
        group: name,
        items: statuses.filter(({ archived }) => !archived).map((status) => ({ value: status.id, label: status.name })),
      }))}
      value={value}
      onChange={onChange}
      clearable
      comboboxProps={WITHIN}
    />
  )
}

type FieldChoiceProps = { fields: CustomField[]; value: ContactFilter['field']; onChange: (field: ContactFilter['field']) => void }

/** Which field, and then what of it. */
function FieldChoice({ fields, value, onChange }: FieldChoiceProps) {
  const { t } = useTranslation()
  const [key, setKey] = useState(value?.key ?? null)
  const field = fields.find((one) => one.key === key)
  const asked = value && value.key === key ? value.value : null
  const answers = ['true', 'false'].map((answer) => ({ value: answer, label: t(answer === 'true' ? 'contact.yes' : 'contact.no') }))
  return (
    <>
      <Select
        label={t('contacts.filter.field')}
        placeholder={t('contacts.filter.anyField')}
        data={fields.map((one) => ({ value: one.key, label: one.label }))}
        value={key}
        onChange={(next) => {
          setKey(next)
          onChange(null)
        }}
        clearable
        comboboxProps={WITHIN}
      />
      {field && CHOSEN.includes(field.type) && (
        <Select
          label={t('contacts.filter.value', { field: field.label })}
          data={field.type === 'boolean' ? answers : field.options}
          value={asked}
          onChange={(next) => onChange(next === null ? null : { key: field.key, how: HOW[field.type]!, value: next })}
          clearable
          comboboxProps={WITHIN}
        />
      )}
      {field && !CHOSEN.includes(field.type) && <WrittenValue key={field.key} field={field} value={asked ?? ''} onChange={onChange} />}
    </>
  )
}

type WrittenValueProps = { field: CustomField; value: string; onChange: (field: ContactFilter['field']) => void }

/** A value that is written, and asked for once it is there in full. */
function WrittenValue({ field, value, onChange }: WrittenValueProps) {
  const { t } = useTranslation()
  const how = HOW[field.type]!
  const [typed, setTyped] = useState<Typed>(value)
  const [wrong, setWrong] = useState(false)

  function ask(event: FormEvent) {
    event.preventDefault()
    // Numbers are kept without what people write between the digits.
    const written = valueOf(field, field.type === 'phone' ? String(typed).replace(/[^\d+]/g, '') : typed)
    setWrong(written === undefined)
    if (written === undefined) return
    onChange(written === null ? null : { key: field.key, how, value: how === 'document' ? JSON.stringify(written) : String(written) })
  }

  return (
    <form onSubmit={ask} noValidate>
      <Field
        field={{ ...field, label: t(how === 'choice' ? 'contacts.filter.value' : 'contacts.filter.holds', { field: field.label }), required: false }}
        typed={typed}
        onType={setTyped}
        error={wrong ? t('contact.fieldRefused.invalid') : undefined}
      />
      {how === 'document' && (
        <Text size="xs" c="var(--crm-muted)" mt={4}>
          {t('contacts.filter.documentHint')}
        </Text>
      )}
      <Button type="submit" variant="default" size="compact-sm" mt="xs">
        {t('contacts.filter.apply')}
      </Button>
    </form>
  )
}
