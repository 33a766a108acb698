import { Button, Group, Modal, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pipeline } from '@/lib/types'

type ReasonProps = { pipeline: Pipeline; title: string; close: () => void; choose: (reason: string) => void }

/** Why something was lost. */
export function ReasonDialog({ pipeline, title, close, choose }: ReasonProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<string | null>(null)
  return (
    <Modal opened onClose={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (reason) choose(reason)
        }}
      >
        <Radio.Group label={t('pipelines.reason')} value={reason} onChange={setReason}>
          <Stack gap="xs" mt="xs">
            {pipeline.lossReasons
              .filter(({ archived }) => !archived)
              .map(({ id, text }) => (
                <Radio key={id} value={id} label={text} />
              ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" color="red" disabled={!reason}>
            {t('pipelines.lose')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
