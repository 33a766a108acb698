import { Alert, Button, Group, List, Modal, Radio, Select, Skeleton, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { randomId } from '@/lib/api'
import { useContacts } from '@/lib/contacts'
import { phone } from '@/lib/format'
import { toastDone, toastProblem, wording } from '@/lib/problem'
import type { Contact } from '@/lib/types'
import { useCustomFields, useMerge, useMergePreview, type MergePreview } from './api'
import { useFieldText } from './fields'
import { phoneOf, titleOf } from './titles'

const TYPING_PAUSE_MS = 250
/** What a merge brings along, in the order in which it matters to people. */
const BROUGHT = ['chats', 'sessions', 'notes', 'deals', 'touches'] as const

/** Two contacts turn out to be one person: who is the other, who of the two stays, and what comes of it. */
export function MergeDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { search } = useLocation()
  const [other, setOther] = useState<Contact | null>(null)
  const [otherStays, setOtherStays] = useState(false)
  const once = useRef(randomId())
  const merge = useMerge()
  const [into, goes] = otherStays && other ? [other, contact] : [contact, other]
  const preview = useMergePreview(into.id, goes?.id ?? null)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!goes || !preview.isSuccess) return
    merge.mutate(
      { into: into.id, other: goes.id, once: once.current },
      {
        onSuccess: () => {
          toastDone(t('merge.done', { name: titleOf(into, t) }))
          onClose()
          if (into !== contact) void navigate({ pathname: `/contacts/${into.id}`, search }, { replace: true })
        },
        onError: (refused) => {
          once.current = randomId()
          toastProblem(refused)
        },
      },
    )
  }

  return (
    <Modal opened onClose={onClose} size="lg" title={t('merge.title', { name: titleOf(contact, t) })} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form onSubmit={submit}>
        <Stack>
          <Other contact={contact} chosen={other} onChoose={setOther} />
          {other && (
            <Radio.Group
              label={t('merge.stays')}
              description={t('merge.staysHint')}
              value={otherStays ? other.id : contact.id}
              onChange={(id) => setOtherStays(id === other.id)}
            >
              <Stack gap="xs" mt="xs">
                {[contact, other].map((one) => (
                  <Radio key={one.id} value={one.id} label={described(one, titleOf(one, t))} />
                ))}
              </Stack>
            </Radio.Group>
          )}
          {goes && preview.isPending && <Skeleton height={120} />}
          {preview.isError && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {wording(preview.error)}
            </Alert>
          )}
          {goes && preview.isSuccess && <Outcome preview={preview.data} into={into} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" disabled={!goes || !preview.isSuccess} loading={merge.isPending}>
              {t('merge.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** A name may be that of several people, so the number stands beside it. */
function described(contact: Contact, title: string) {
  const number = phoneOf(contact) ?? contact.identities[0]?.display
  return contact.name && number ? `${title} · ${number}` : title
}

type OtherProps = { contact: Contact; chosen: Contact | null; onChoose: (other: Contact | null) => void }

function Other({ contact, chosen, onChoose }: OtherProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const label = (one: Contact) => described(one, titleOf(one, t))
  // What stands in the field after a choice is no question.
  const [q] = useDebouncedValue(chosen && typed === label(chosen) ? '' : typed.trim(), TYPING_PAUSE_MS)
  const contacts = useContacts(q)
  const found = contacts.data?.pages.flatMap((page) => page.items).filter(({ id }) => id !== contact.id) ?? []
  const offered = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found

  return (
    <Select
      label={t('merge.other')}
      description={t('merge.otherHint')}
      placeholder={t('contacts.search')}
      data={offered.map((one) => ({ value: one.id, label: label(one) }))}
      filter={({ options }) => options}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={chosen?.id ?? null}
      onChange={(id) => onChoose(offered.find((one) => one.id === id) ?? null)}
      nothingFoundMessage={t('inbox.nothingFound')}
      data-autofocus
    />
  )
}

/** What there is afterwards, and what of the one that goes is not shown any more. */
function Outcome({ preview, into }: { preview: MergePreview; into: Contact }) {
  const { t } = useTranslation()
  const fields = useCustomFields(into.projectId)
  const text = useFieldText()
  const brings = BROUGHT.filter((what) => (preview.brings[what] ?? 0) > 0)
  const choices = [
    { label: t('contact.name'), ...preview.name },
    { label: t('merge.language'), ...preview.language },
    ...preview.fields.map(({ key, contact, other, keeps }) => {
      const field = fields.data?.items.find((one) => one.key === key) ?? { label: key, type: 'text', currency: null }
      const shown = (value: unknown) => (value === null || value === undefined ? null : text(field, value))
      return { label: field.label, contact: shown(contact), other: shown(other), keeps }
    }),
  ]
  const kept = choices.filter(({ keeps }) => keeps !== null)
  const lost = choices.filter(({ contact, other, keeps }) => keeps === 'contact' && other !== null && other !== contact)

  return (
    <section aria-label={t('merge.outcome')}>
      <Text fw={600} size="sm" mb={4}>
        {t('merge.outcome')}
      </Text>
      <List size="sm" spacing={4}>
        {kept.map(({ label, contact, other, keeps }) => (
          <List.Item key={label}>
            {label}: <strong>{keeps === 'other' ? other : contact}</strong>
          </List.Item>
        ))}
        {preview.identities.length > 0 && (
          <List.Item>
            {t('merge.comes')}: {preview.identities.map(({ kind, display }) => (kind === 'phone' ? phone(display) : display)).join(', ')}
          </List.Item>
        )}
        {preview.tags.coming.length > 0 && (
          <List.Item>
            {t('contact.tags')}: {preview.tags.coming.join(', ')}
          </List.Item>
        )}
        {brings.length > 0 && (
          <List.Item>
            {t('merge.brings')}: {brings.map((what) => t(`merge.brought.${what}`, { count: preview.brings[what] })).join(', ')}
          </List.Item>
        )}
      </List>
      {lost.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle />} mt="sm" title={t('merge.conflicts')}>
          <List size="sm">
            {lost.map(({ label, other }) => (
              <List.Item key={label}>
                {label}: {other}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </section>
  )
}
