import { ActionIcon, Badge, Button, Card, Group, MultiSelect, Skeleton, Stack, Text, Textarea, Title, Tooltip } from '@mantine/core'
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
import { useChangeNote, useDeleteNote, useNotes, useRestoreNote, useWriteNote, type Note } from './api'
import classes from './Notes.module.css'

const LONGEST = 10_000
const URGENT = ['high', 'urgent']
/** Of the address: the note that somebody came for. */
const WANTED = /^#note-(.+)$/
/** As many as the server takes. */
const MOST_MENTIONS = 20

const bringIntoView = (card: HTMLElement | null) => card?.scrollIntoView({ block: 'center' })

/** What people wrote down about a contact. */
export function Notes({ contactId }: { contactId: string }) {
  const { t } = useTranslation()
  const mayWrite = useMay('contact_write')
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
      </Stack>
    </section>
  )
}

function NewNote({ contactId }: { contactId: string }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [mentions, setMentions] = useState<string[]>([])
  const signedIn = useSignedIn()
  const me = signedIn.state === 'in' ? signedIn.session.user.id : null
  const colleagues = useMembers().data?.items.filter(({ id, active }) => active && id !== me) ?? []
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
        {colleagues.length > 0 && (
          <MultiSelect
            className={classes.mentions}
            size="xs"
            aria-label={t('notes.mention')}
            placeholder={mentions.length === 0 ? t('notes.mention') : undefined}
            data={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
            value={mentions}
            onChange={setMentions}
            maxValues={MOST_MENTIONS}
            hidePickedOptions
            searchable
          />
        )}
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
  const [draft, setDraft] = useState<string | null>(null)
  const change = useChangeNote(contactId)
  const remove = useDeleteNote(contactId)
  const kind = `notes.types.${note.type}`
  const mentioned = useMembers().data?.items.filter(({ id }) => note.mentions.includes(id)) ?? []

  function save(event: FormEvent) {
    event.preventDefault()
    const text = draft?.trim() ?? ''
    if (text === '' || text === note.text) return setDraft(null)
    change.mutate({ note, text }, { onSuccess: () => setDraft(null), onError: toastProblem })
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
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
            maxLength={LONGEST}
            maxRows={12}
            autosize
            autoFocus
          />
          <Group justify="flex-end" mt="xs" gap="xs">
            <Button size="xs" variant="default" onClick={() => setDraft(null)}>
              {t('app.cancel')}
            </Button>
            <Button size="xs" type="submit" loading={change.isPending}>
              {t('app.save')}
            </Button>
          </Group>
        </form>
      )}
      {mentioned.length > 0 && (
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
            <NoteButton label={t('notes.edit')} onClick={() => setDraft(note.text)}>
              <IconPencil size={16} />
            </NoteButton>
            <NoteButton label={t('notes.delete')} onClick={() => remove.mutate(note.id, { onSuccess: onDeleted, onError: toastProblem })}>
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
