import { ActionIcon, Badge, Button, Card, Group, Skeleton, Stack, Text, Textarea, Title, Tooltip } from '@mantine/core'
import { IconPencil, IconPin, IconPinnedOff, IconTrash } from '@tabler/icons-react'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { randomId } from '@/lib/api'
import { moment } from '@/lib/format'
import { toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import { Problem } from '@/ui/Notice'
import { useChangeNote, useDeleteNote, useNotes, useRestoreNote, useWriteNote, type Note } from './api'

const LONGEST = 10_000
const URGENT = ['high', 'urgent']

/** What people wrote down about a contact. */
export function Notes({ contactId }: { contactId: string }) {
  const { t } = useTranslation()
  const mayWrite = useMay('contact_write')
  const notes = useNotes(contactId)
  const [deleted, setDeleted] = useState<string | null>(null)
  const restore = useRestoreNote(contactId)
  const items = notes.data?.pages.flatMap((page) => page.items) ?? []

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
              <NoteCard key={note.id} note={note} contactId={contactId} mayWrite={mayWrite} onDeleted={() => setDeleted(note.id)} />
            ))}
          </Stack>
        )}
        {notes.hasNextPage && (
          <Button variant="subtle" size="xs" loading={notes.isFetchingNextPage} onClick={() => void notes.fetchNextPage()}>
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
  const once = useRef(randomId())
  const write = useWriteNote(contactId)

  function submit(event: FormEvent) {
    event.preventDefault()
    write.mutate(
      { text: text.trim(), once: once.current },
      {
        onSuccess: () => setText(''),
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
        <Button type="submit" size="xs" disabled={text.trim() === ''} loading={write.isPending}>
          {t('notes.write')}
        </Button>
      </Group>
    </form>
  )
}

type NoteCardProps = { note: Note; contactId: string; mayWrite: boolean; onDeleted: () => void }

function NoteCard({ note, contactId, mayWrite, onDeleted }: NoteCardProps) {
  const { t, i18n } = useTranslation()
  const [draft, setDraft] = useState<string | null>(null)
  const change = useChangeNote(contactId)
  const remove = useDeleteNote(contactId)
  const kind = `notes.types.${note.type}`

  function save(event: FormEvent) {
    event.preventDefault()
    const text = draft?.trim() ?? ''
    if (text === '' || text === note.text) return setDraft(null)
    change.mutate({ note, text }, { onSuccess: () => setDraft(null), onError: toastProblem })
  }

  return (
    <Card withBorder padding="sm" bg="var(--crm-pane)" role="listitem">
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
