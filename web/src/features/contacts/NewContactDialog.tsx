import { Alert, Anchor, Button, Group, List, Modal, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUsers } from '@tabler/icons-react'
import { useRef, useState, type ChangeEvent, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { ApiError, randomId } from '@/lib/api'
import { useTags } from '@/lib/contacts'
import { phone as written } from '@/lib/format'
import { toastDone, toastProblem } from '@/lib/problem'
import { useSignedIn } from '@/lib/session'
import { useCustomFields, useDuplicates, useEnterContact, type Asked } from './api'
import { typedOf, valueOf, type Typed } from './fields'
import { Field } from './FieldsForm'
import { titleOf } from './titles'

const LONGEST = { name: 200, phone: 40, email: 254, tag: 50 }

/** Somebody is entered by hand. Who has the number or the address already is shown, and not entered a second time. */
export function NewContactDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { search } = useLocation()
  const signedIn = useSignedIn()
  const projects = signedIn.state === 'in' ? signedIn.session.projects : []
  const [projectId, setProjectId] = useState(projects[0]?.id ?? '')
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [email, setEmail] = useState('')
  const [tags, setTags] = useState<string[]>([])
  const [suggesting, suggestions] = useDisclosure(false)
  const [values, setValues] = useState<Record<string, Typed>>({})
  const [refused, setRefused] = useState<Record<string, string>>({})
  const [taken, setTaken] = useState<Asked | null>(null)
  const once = useRef(randomId())
  const known = useTags(projectId ? [projectId] : [])
  const fields = useCustomFields(projectId).data?.items.filter(({ required, archived }) => required && !archived) ?? []
  const enter = useEnterContact()
  const typed = (key: string) => values[key] ?? typedOf(fields.find((field) => field.key === key)!, undefined)

  function wrong(field: string) {
    return refused[field] && t([`contacts.refused.${field}.${refused[field]}`, `contacts.refused.${field}.invalid`])
  }

  function wrongValue(key: string) {
    const code = refused[`fields.${key}`]
    return code && t([`contact.fieldRefused.${code}`, 'contact.fieldRefused.invalid'])
  }

  /** What was said of it was said of what stood there before. */
  function typing(field: string, set: (text: string) => void) {
    return (event: ChangeEvent<HTMLInputElement>) => {
      set(event.currentTarget.value)
      setRefused((all) => ({ ...all, [field]: '' }))
      setTaken(null)
    }
  }

  function refuse(error: Error) {
    // Without an answer the contact may have been entered: the same again is the same contact.
    if (!(error instanceof ApiError) || error.status === 0) return toastProblem(error)
    once.current = randomId()
    const shown = ['name', 'phones', 'emails', 'tags', ...fields.map(({ key }) => `fields.${key}`)]
    setRefused(Object.fromEntries(error.errors.map(({ field, code }) => [field, code ?? 'invalid'])))
    if (error.code === 'contact_duplicate') setTaken({ projectId, phone: phone.trim(), email: email.trim() })
    else if (!error.errors.some(({ field }) => shown.includes(field))) toastProblem(error)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setRefused({})
    setTaken(null)
    const given = fields.map((field) => [field.key, valueOf(field, typed(field.key))] as const).filter(([, value]) => value !== null)
    const unclear = given.filter(([, value]) => value === undefined)
    if (unclear.length > 0) return setRefused(Object.fromEntries(unclear.map(([key]) => [`fields.${key}`, 'invalid'])))
    enter.mutate(
      {
        once: once.current,
        projectId: projectId || null,
        name: name.trim() || null,
        phones: [phone.trim()].filter(Boolean),
        emails: [email.trim()].filter(Boolean),
        tags,
        fields: Object.fromEntries(given),
      },
      {
        onSuccess: (contact) => {
          toastDone(t('contacts.entered', { name: titleOf(contact, t) }))
          onClose()
          void navigate({ pathname: `/contacts/${contact.id}`, search })
        },
        onError: refuse,
      },
    )
  }

  return (
    <Modal opened onClose={onClose} title={t('contacts.add')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {projects.length > 1 && (
            <Select
              label={t('channels.project')}
              data={projects.map(({ id, name: label }) => ({ value: id, label }))}
              value={projectId}
              onChange={(id) => id && setProjectId(id)}
              allowDeselect={false}
            />
          )}
          <TextInput
            label={t('contact.name')}
            value={name}
            onChange={typing('name', setName)}
            error={wrong('name')}
            maxLength={LONGEST.name}
            data-autofocus
          />
          <TextInput
            type="tel"
            label={t('contact.phone')}
            description={t('contacts.phoneHint')}
            value={phone}
            onChange={typing('phones', setPhone)}
            error={wrong('phones')}
            maxLength={LONGEST.phone}
          />
          <TextInput
            type="email"
            label={t('contact.email')}
            value={email}
            onChange={typing('emails', setEmail)}
            error={wrong('emails')}
            maxLength={LONGEST.email}
          />
          <TagsInput
            label={t('contact.tags')}
            data={known.data?.map((tag) => tag.name) ?? []}
            value={tags}
            // What is suggested would lie over the button otherwise.
            dropdownOpened={suggesting}
            onDropdownOpen={suggestions.open}
            onDropdownClose={suggestions.close}
            onChange={(next) => {
              setTags(next)
              suggestions.close()
            }}
            error={wrong('tags')}
            maxLength={LONGEST.tag}
          />
          {fields.map((field) => (
            <Field
              key={field.id}
              field={field}
              typed={typed(field.key)}
              onType={(next) => setValues((all) => ({ ...all, [field.key]: next }))}
              error={wrongValue(field.key)}
            />
          ))}
          {taken && <Duplicates asked={taken} onOpen={onClose} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={enter.isPending}>
              {t('contacts.enter')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Whose the number or the address is. */
function Duplicates({ asked, onOpen }: { asked: Asked; onOpen: () => void }) {
  const { t } = useTranslation()
  const { search } = useLocation()
  const duplicates = useDuplicates(asked)
  if (!duplicates.data) return null
  return (
    <Alert color="yellow" icon={<IconUsers />} title={t('contacts.duplicate')} role="alert">
      <List size="sm">
        {duplicates.data.items.map(({ contactId, name, kind, value, deleted }) => {
          const address = kind === 'phone' ? written(value) : value
          return (
            <List.Item key={kind + value}>
              <Anchor component={Link} size="sm" to={{ pathname: `/contacts/${contactId}`, search }} onClick={onOpen}>
                {name ? `${name} · ${address}` : address}
              </Anchor>
              {deleted && ` (${t('contact.deleted').toLowerCase()})`}
            </List.Item>
          )
        })}
      </List>
    </Alert>
  )
}
