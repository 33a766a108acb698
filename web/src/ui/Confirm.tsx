import { Button, Group, Modal, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Props {
  opened: boolean
  title: string
  text: string
  /** What the button says that does it. */
  action: string
  loading: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that is not easily taken back; whoever presses Enter at once leaves it. */
export function Confirm({ opened, title, text, action, loading, onConfirm, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('app.cancel')}
        </Button>
        <Button color="red" loading={loading} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  )
}
