import { Button, Group, MultiSelect, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/lib/api'
import { toastDone, toastProblem } from '@/lib/problem'
import type { Contact } from '@/lib/types'
import { useSetFields, type CustomField } from './api'
import { typedOf, valueOf, type Typed } from './fields'

const LONGEST = { text: 500, json: 10_000 }
const PREFIX = 'fields.'
const INPUTS: Record<string, string> = { date: 'date', date_time: 'datetime-local', url: 'url', email: 'email', phone: 'tel' }

type FieldsFormProps = { contact: Contact; fields: CustomField[]; onClose: () => void }

/** All fields at once; only those that were changed are sent, so that nobody's answer to another one is overwritten. */
export function FieldsForm({ contact, fields, onClose }: FieldsFormProps) {
  const { t } = useTranslation()
  const [before] = useState(() => Object.fromEntries(fields.map((field) => [field.key, typedOf(field, contact.fields[field.key])])))
  const [typed, setTyped] = useState(before)
  const [refused, setRefused] = useState<{ key: string; code: string } | null>(null)
  const set = useSetFields(contact)

  function refuse(error: unknown) {
    const wrong = error instanceof ApiError ? error.errors.find(({ field }) => field.startsWith(PREFIX)) : undefined
    if (wrong) setRefused({ key: wrong.field.slice(PREFIX.length), code: wrong.code ?? 'invalid' })
    else toastProblem(error)
  }

  function save(event: FormEvent) {
    event.preventDefault()
    setRefused(null)
    const changed: Record<string, unknown> = {}
    for (const field of fields.filter(({ key }) => JSON.stringify(typed[key]) !== JSON.stringify(before[key]))) {
      const value = valueOf(field, typed[field.key]!)
      if (value === undefined) return setRefused({ key: field.key, code: 'invalid' })
      changed[field.key] = value
    }
    if (Object.keys(changed).length === 0) return onClose()
    set.mutate(changed, {
      onSuccess: () => {
        toastDone(t('contact.fieldsSaved'))
        onClose()
      },
      onError: refuse,
    })
  }

  return (
    <form onSubmit={save} noValidate>
      <Stack gap="sm">
        {fields.map((field, at) => (
          <Field
            key={field.id}
            field={field}
            typed={typed[field.key]!}
            onType={(next) => setTyped((all) => ({ ...all, [field.key]: next }))}
            error={refused?.key === field.key ? t([`contact.fieldRefused.${refused.code}`, 'contact.fieldRefused.invalid']) : undefined}
            first={at === 0}
          />
        ))}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="xs" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" size="xs" loading={set.isPending}>
            {t('app.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type FieldProps = { field: CustomField; typed: Typed; onType: (next: Typed) => void; error?: string; first?: boolean }

export function Field({ field, typed, onType, error, first = false }: FieldProps) {
  const { t, i18n } = useTranslation()
  const common = { label: field.label, required: field.required, error, autoFocus: first }
  if (Array.isArray(typed)) return <MultiSelect {...common} data={field.options} value={typed} onChange={onType} clearable searchable />
  const choose = (next: string | null) => onType(next ?? '')
  const write = (event: { currentTarget: { value: string } }) => onType(event.currentTarget.value)
  switch (field.type) {
    case 'select':
      return <Select {...common} data={field.options} value={typed || null} onChange={choose} clearable />
    case 'boolean': {
      const answers = ['true', 'false'].map((value) => ({ value, label: t(value === 'true' ? 'contact.yes' : 'contact.no') }))
      return <Select {...common} data={answers} value={typed || null} onChange={choose} clearable />
    }
    case 'number':
    case 'money':
      return (
        <NumberInput
          {...common}
          value={typed}
          onChange={(next) => onType(String(next))}
          prefix={field.currency ? `${field.currency} ` : undefined}
          decimalSeparator={i18n.language.startsWith('pt') ? ',' : '.'}
          allowedDecimalSeparators={[',', '.']}
          hideControls
        />
      )
    case 'json':
      return <Textarea {...common} value={typed} onChange={write} maxLength={LONGEST.json} autosize minRows={2} maxRows={8} />
    default:
      return <TextInput {...common} type={INPUTS[field.type] ?? 'text'} value={typed} onChange={write} maxLength={LONGEST.text} />
  }
}
