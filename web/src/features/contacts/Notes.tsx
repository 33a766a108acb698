import { ActionIcon, Badge, Button, Card, Group, MultiSelect, Skeleton, Stack, Text, Textarea, Title, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPencil, IconPin, IconPinnedOff, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { randomId } from '@/lib/api'
import { moment } from '@/lib/format'
import { useMembers } from '@/lib/members'
import { toastProblem } from '@/lib/problem'
import { useMay, useSignedIn } from '@/lib/session'
import { Problem } from '@/ui/Notice'
import { useChangeNote, useDeletedNotes, useDeleteNote, useNotes, useRestoreNote, useWriteNote, type Note } from './api'
import classes from './Notes.module.css'

const LONGEST = 10_000
const URGENT = ['high', 'urgent']
/** Of the address: the note that somebody came for. */
const WANTED = /^#note-(.+)$/
/** As many as the server takes. */
const MOST_MENTIONS = 20

const bringIntoView = (card: HTMLElement | null) => card?.scrollIntoView({ block: 'center' })

/** What people wrote down about a contact. */
export function Notes({ contactId, deleted: ofDeleted }: { contactId: string; deleted: boolean }) {
  const { t } = useTranslation()
  const mayWrite = useMay('contact_write') && !ofDeleted
  const notes = useNotes(contactId)
  const [deleted, setDeleted] = useState<string | null>(null)
  const restore = useRestoreNote(contactId)
  const items = notes.data?.pages.flatMap((page) => page.items) ?? []
  const wanted = WANTED.exec(useLocation().hash)?.[1]
  const { hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = notes
  const missing = wanted !== undefined && !items.some(({ id }) => id === wanted)
  const further = missing && hasNextPage && !isFetching && !isFetchNextPageError

  useEffect(() => {
    if (further) void fetchNextPage()
  }, [further, fetchNextPage])

  return (
    <section aria-label={t('notes.title')}>
      <Title order={3} size="h6" mb="sm">
        {t('notes.title')}
      </Title>
      <Stack gap="sm">
        {mayWrite && <NewNote contactId={contactId} />}
        {deleted && (
          <Group gap="xs" role="status">
            <Text size="sm">{t('notes.deleted')}</Text>
            <Button
              variant="subtle"
              size="compact-sm"
              loading={restore.isPending}
              onClick={() => restore.mutate(deleted, { onSuccess: () => setDeleted(null), onError: toastProblem })}
            >
              {t('notes.restore')}
            </Button>
          </Group>
        )}
        {notes.isPending && <Skeleton height={60} />}
        {notes.isError && items.length === 0 && <Problem error={notes.error} retry={() => void notes.refetch()} />}
        {notes.isSuccess && items.length === 0 && (
          <Text size="sm" c="var(--crm-muted)">
            {t('notes.empty')}
          </Text>
        )}
        {items.length > 0 && (
          <Stack gap="sm" role="list" aria-label={t('notes.title')}>
            {items.map((note) => (
              <NoteCard
                key={note.id}
                note={note}
                contactId={contactId}
                wanted={note.id === wanted}
                mayWrite={mayWrite}
                onDeleted={() => setDeleted(note.id)}
              />
            ))}
          </Stack>
        )}
        {hasNextPage && (
          <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('app.more')}
          </Button>
        )}
        {mayWrite && <DeletedNotes contactId={contactId} />}
      </Stack>
    </section>
  )
}

/** What was deleted, for whoever wants it back. */
function DeletedNotes({ contactId }: { contactId: string }) {
  const { t } = useTranslation()
  const [opened, list] = useDisclosure(false)
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-xs" aria-expanded={opened} onClick={list.toggle} style={{ alignSelf: 'flex-start' }}>
        {t(opened ? 'notes.hideDeleted' : 'notes.showDeleted')}
      </Button>
      {opened && <Restorable contactId={contactId} />}
    </>
  )
}

function Restorable({ contactId }: { contactId: string }) {
  const { t } = useTranslation()
  const notes = useDeletedNotes(contactId)
  const restore = useRestoreNote(contactId)
  const items = notes.data?.pages.flatMap((page) => page.items) ?? []
  if (notes.isPending) return <Skeleton height={60} />
  if (notes.isError && items.length === 0) return <Problem error={notes.error} retry={() => void notes.refetch()} />
  if (items.length === 0) {
    return (
      <Text size="sm" c="var(--crm-muted)">
        {t('notes.noneDeleted')}
      </Text>
    )
  }
  return (
    <Stack gap="xs" role="list" aria-label={t('notes.deletedOnes')}>
      {items.map((note) => (
        <Group key={note.id} justify="space-between" wrap="nowrap" role="listitem">
          <div style={{ minWidth: 0 }}>
            <Text size="sm" c="var(--crm-muted)" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {note.text}
            </Text>
            <Text size="xs" c="var(--crm-muted)">
              {note.authorName} · {t('notes.deletedAt', { when: moment(note.deletedAt!) })}
            </Text>
          </div>
          <Button
            variant="default"
            size="compact-sm"
            style={{ flex: 'none' }}
            disabled={restore.isPending}
            onClick={() => restore.mutate(note.id, { onError: toastProblem })}
          >
            {t('notes.bringBack')}
          </Button>
        </Group>
      ))}
      {notes.hasNextPage && (
        <Button variant="subtle" size="xs" loading={notes.isFetchingNextPage} onClick={() => void notes.fetchNextPage()}>
          {t('app.more')}
        </Button>
      )}
    </Stack>
  )
}

type MentionsProps = { value: string[]; before?: string[]; onChange: (members: string[]) => void }

/** Colleagues to be told of a note. Who was mentioned before can be left out, whether they have left since or not. */
function Mentions({ value, before = [], onChange }: MentionsProps) {
  const { t } = useTranslation()
  const signedIn = useSignedIn()
  const me = signedIn.state === 'in' ? signedIn.session.user.id : null
  const colleagues = useMembers().data?.items.filter(({ id, active }) => (active && id !== me) || before.includes(id)) ?? []
  if (colleagues.length === 0) return null
  return (
    <MultiSelect
      className={classes.mentions}
      size="xs"
      aria-label={t('notes.mention')}
      placeholder={value.length === 0 ? t('notes.mention') : undefined}
      data={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      maxValues={MOST_MENTIONS}
      hidePickedOptions
      searchable
    />
  )
}

function NewNote({ contactId }: { contactId: string }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [mentions, setMentions] = useState<string[]>([])
  const once = useRef(randomId())
  const write = useWriteNote(contactId)

  function submit(event: FormEvent) {
    event.preventDefault()
    write.mutate(
      { text: text.trim(), mentions, once: once.current },
      {
        onSuccess: () => {
          setText('')
          setMentions([])
        },
        onError: toastProblem,
        onSettled: () => {
          once.current = randomId()
        },
      },
    )
  }

  return (
    <form onSubmit={submit}>
      <Textarea
        aria-label={t('notes.new')}
        placeholder={t('notes.new')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={LONGEST}
        minRows={2}
        maxRows={8}
        autosize
      />
      <Group justify="flex-end" mt="xs">
        <Mentions value={mentions} onChange={setMentions} />
        <Button type="submit" size="xs" disabled={text.trim() === ''} loading={write.isPending}>
          {t('notes.write')}
        </Button>
      </Group>
    </form>
  )
}

type NoteCardProps = { note: Note; contactId: string; wanted: boolean; mayWrite: boolean; onDeleted: () => void }

function NoteCard({ note, contactId, wanted, mayWrite, onDeleted }: NoteCardProps) {
  const { t, i18n } = useTranslation()
  const [draft, setDraft] = useState<{ text: string; mentions: string[] } | null>(null)
  const change = useChangeNote(contactId)
  const remove = useDeleteNote(contactId)
  const kind = `notes.types.${note.type}`
  const mentioned = useMembers().data?.items.filter(({ id }) => note.mentions.includes(id)) ?? []

  function save(event: FormEvent) {
    event.preventDefault()
    if (draft === null) return
    const text = draft.text.trim()
    const edited = text !== '' && text !== note.text
    const others = draft.mentions.length !== note.mentions.length || draft.mentions.some((id) => !note.mentions.includes(id))
    if (!edited && !others) return setDraft(null)
    change.mutate(
      { note, ...(edited && { text }), ...(others && { mentions: draft.mentions }) },
      { onSuccess: () => setDraft(null), onError: toastProblem },
    )
  }

  return (
    <Card
      withBorder
      padding="sm"
      bg="var(--crm-pane)"
      role="listitem"
      className={classes.note}
      aria-current={wanted || undefined}
      ref={wanted ? bringIntoView : undefined}
    >
      {draft === null ? (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {note.text}
        </Text>
      ) : (
        <form onSubmit={save}>
          <Textarea
            aria-label={t('notes.text')}
            value={draft.text}
            onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
            maxLength={LONGEST}
            maxRows={12}
            autosize
            autoFocus
          />
          <Group justify="flex-end" mt="xs" gap="xs">
            <Mentions value={draft.mentions} before={note.mentions} onChange={(mentions) => setDraft({ ...draft, mentions })} />
            <Button size="xs" variant="default" onClick={() => setDraft(null)}>
              {t('app.cancel')}
            </Button>
            <Button size="xs" type="submit" loading={change.isPending}>
              {t('app.save')}
            </Button>
          </Group>
        </form>
      )}
      {draft === null && mentioned.length > 0 && (
        <Text size="xs" mt={6}>
          {t('notes.mentions', { names: mentioned.map(({ name }) => name).join(', ') })}
        </Text>
      )}
      <Group justify="space-between" mt={6} gap="xs">
        <Group gap={6}>
          {note.pinned && <IconPin size={14} aria-label={t('notes.pinned')} />}
          {URGENT.includes(note.priority) && (
            <Badge size="sm" color="red" variant="light">
              {t(note.priority === 'urgent' ? 'notes.urgent' : 'notes.high')}
            </Badge>
          )}
          <Text size="xs" c="var(--crm-muted)">
            {note.type !== 'general' && i18n.exists(kind) ? `${t(kind as 'notes.types.call')} · ` : ''}
            {note.authorName} · <time dateTime={note.createdAt}>{moment(note.createdAt)}</time>
            {note.editedAt ? ` · ${t('message.edited')}` : ''}
          </Text>
        </Group>
        {mayWrite && draft === null && (
          <Group gap={2}>
            <NoteButton
              label={t(note.pinned ? 'notes.unpin' : 'notes.pin')}
              onClick={() => change.mutate({ note, pinned: !note.pinned }, { onError: toastProblem })}
            >
              {note.pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
            </NoteButton>
            <NoteButton label={t('notes.edit')} onClick={() => setDraft({ text: note.text, mentions: note.mentions })}>
              <IconPencil size={16} />
            </NoteButton>
            {/* When the list was read anew the card is gone, and with it whoever listens to a mere mutate. */}
            <NoteButton label={t('notes.delete')} onClick={() => void remove.mutateAsync(note.id).then(onDeleted, toastProblem)}>
              <IconTrash size={16} />
            </NoteButton>
          </Group>
        )}
      </Group>
    </Card>
  )
}

function NoteButton({ label, onClick, children }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
