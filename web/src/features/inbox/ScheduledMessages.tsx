import { ActionIcon, Button, Checkbox, CloseButton, Popover, Stack, Text, TextInput } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { moment } from '@/lib/format'
import { wording } from '@/lib/problem'
import { useMay } from '@/lib/session'
import { useCancelScheduled, useSchedule, useScheduled } from './api'
import classes from './ScheduledMessages.module.css'

/** What waits for its time in a chat, above where one writes. */
export function ScheduledMessages({ chatId }: { chatId: string }) {
  const { t } = useTranslation()
  const may = useMay('message_send')
  const waiting = useScheduled(chatId) ?? []
  const cancel = useCancelScheduled(chatId)
  if (waiting.length === 0) return null
  return (
    <ul className={classes.list} aria-label={t('scheduled.label')}>
      {waiting.map((one) => {
        const what = one.text ?? t(`type.${one.type}`)
        return (
          <li key={one.id} className={classes.item}>
            <IconClock size={16} aria-hidden />
            <Text component="time" dateTime={one.sendAt} size="sm" fw={600} className={classes.when}>
              {moment(one.sendAt)}
            </Text>
            <Text component="span" size="sm" truncate className={classes.what}>
              {what}
            </Text>
            {one.cancelIfCustomerWrites && (
              <Text component="span" size="xs" c="var(--crm-muted)" className={classes.when}>
                {t(one.customerHasWritten ? 'scheduled.willNot' : 'scheduled.unless')}
              </Text>
            )}
            {may && (
              <CloseButton
                size="sm"
                aria-label={t('scheduled.cancel', { what })}
                disabled={cancel.isPending}
                onClick={() => cancel.mutate(one.id)}
              />
            )}
          </li>
        )
      })}
      {cancel.isError && (
        <li role="alert">
          <Text size="xs" c="red">
            {wording(cancel.error)}
          </Text>
        </li>
      )}
    </ul>
  )
}

/** As the field for a time takes it: on this computer's clock, to the minute. */
function local(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

type ScheduleButtonProps = { chatId: string; text: string; replyTo: string | undefined; disabled: boolean; onScheduled: () => void }

/** Sends what is written later instead of now. */
export function ScheduleButton({ chatId, text, replyTo, disabled, onScheduled }: ScheduleButtonProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState('')
  const [unless, setUnless] = useState(false)
  const schedule = useSchedule(chatId)

  function toggle() {
    if (!open) setAt(local(new Date(Date.now() + 3_600_000)))
    schedule.reset()
    setOpen(!open)
  }

  function send() {
    if (at === '' || schedule.isPending) return
    schedule.mutate(
      { text, replyToMessageId: replyTo, sendAt: new Date(at).toISOString(), cancelIfCustomerWrites: unless },
      {
        onSuccess: () => {
          setOpen(false)
          onScheduled()
        },
      },
    )
  }

  return (
    <Popover opened={open} onChange={setOpen} position="top-end" trapFocus withArrow returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={44} radius="xl" aria-label={t('scheduled.open')} disabled={disabled} onClick={toggle}>
          <IconClock size={21} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        {/* Not a form: it stands within the one that sends now. */}
        <Stack gap="sm">
          <TextInput
            type="datetime-local"
            label={t('scheduled.at')}
            value={at}
            min={local(new Date())}
            onChange={(event) => setAt(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              send()
            }}
            error={schedule.isError ? wording(schedule.error) : undefined}
          />
          <Checkbox label={t('scheduled.unlessLabel')} checked={unless} onChange={(event) => setUnless(event.currentTarget.checked)} />
          <Button onClick={send} loading={schedule.isPending} disabled={at === ''}>
            {t('scheduled.schedule')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
