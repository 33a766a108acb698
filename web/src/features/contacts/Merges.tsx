import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { moment } from '@/lib/format'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import type { Contact } from '@/lib/types'
import { useMerges, useTakeApart, type Merge } from './api'
import { phoneOf, titleOf } from './titles'

/** Who was merged into a contact by people; what a channel proves is no merge, and is not here. */
export function Merges({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const merges = useMerges(contact.id)
  if (!merges.data?.length) return null
  return (
    <section>
      <Title order={3} size="h6" mb={6}>
        {t('merge.parts')}
      </Title>
      <Stack gap="sm" role="list" aria-label={t('merge.parts')}>
        {merges.data.map((merge) => (
          <Part key={merge.contactId} contact={contact} merge={merge} />
        ))}
      </Stack>
    </section>
  )
}

function Part({ contact, merge }: { contact: Contact; merge: Merge }) {
  const { t } = useTranslation()
  const mayWrite = useMay('contact_write')
  const [asking, question] = useDisclosure(false)
  const takeApart = useTakeApart()
  const name = titleOf(merge, t)

  function confirm() {
    takeApart.mutate(
      { into: contact.id, other: merge.contactId },
      {
        onSuccess: () => toastDone(t('merge.apart', { name })),
        onError: (refused) => {
          question.close()
          toastProblem(refused)
        },
      },
    )
  }

  return (
    <Group justify="space-between" wrap="nowrap" role="listitem" aria-label={name}>
      <div style={{ minWidth: 0 }}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
        <Text size="xs" c="var(--crm-muted)">
          {merge.name && phoneOf(merge) ? `${phoneOf(merge)} · ` : ''}
          {t('merge.mergedAt', { when: moment(merge.mergedAt) })}
        </Text>
      </div>
      {mayWrite && (
        <Button variant="default" size="compact-sm" style={{ flex: 'none' }} onClick={question.open}>
          {t('merge.takeApart')}
        </Button>
      )}
      <Modal opened={asking} onClose={question.close} title={t('merge.apartTitle', { name })} closeButtonProps={{ 'aria-label': t('app.close') }}>
        <Text size="sm">{t('merge.apartText')}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={question.close}>
            {t('app.cancel')}
          </Button>
          <Button loading={takeApart.isPending} onClick={confirm}>
            {t('merge.apartConfirm')}
          </Button>
        </Group>
      </Modal>
    </Group>
  )
}
