import { Badge, Button, Card, Group, Modal, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { randomId } from '@/lib/api'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay } from '@/lib/session'
import { Confirm } from '@/ui/Confirm'
import { NotAllowed, Problem } from '@/ui/Notice'
import { Sheet } from '@/ui/Sheet'
import { useDeleteRole, useKeepRole, useRoles, type Role } from './api'
import { PermissionBadges, PermissionChoice } from './PermissionChoice'
import { TeamSections } from './TeamSections'

export function RolesPage() {
  const { t } = useTranslation()
  const mayRead = useMay('team_read')
  const mayManage = useMay('team_manage')
  const [making, form] = useDisclosure(false)

  useEffect(() => {
    document.title = `${t('roles.title')} · ${t('app.name')}`
  }, [t])

  return (
    <Sheet
      title={t('roles.title')}
      text={t(mayRead && !mayManage ? 'roles.readOnly' : 'roles.text')}
      aside={
        mayManage && (
          <Button leftSection={<IconPlus size={18} />} onClick={form.open}>
            {t('roles.add')}
          </Button>
        )
      }
    >
      <TeamSections />
      {mayRead ? <Roles mayManage={mayManage} /> : <NotAllowed text={t('team.notAllowed')} />}
      {making && <RoleDialog onClose={form.close} />}
    </Sheet>
  )
}

function Roles({ mayManage }: { mayManage: boolean }) {
  const { t } = useTranslation()
  const roles = useRoles()
  return (
    <>
      {roles.isPending && <Skeleton height={200} />}
      {roles.isError && !roles.data && <Problem error={roles.error} retry={() => void roles.refetch()} />}
      <Stack role="list" aria-label={t('roles.title')}>
        {roles.data?.items.map((role) => <RoleCard key={role.id} role={role} mayManage={mayManage} />)}
      </Stack>
    </>
  )
}

function RoleCard({ role, mayManage }: { role: Role; mayManage: boolean }) {
  const { t } = useTranslation()
  const [editing, form] = useDisclosure(false)
  const [asking, question] = useDisclosure(false)
  const remove = useDeleteRole()
  const name = role.builtIn ? t(`team.roles.${role.id}`) : role.name

  function confirm() {
    remove.mutate(role.id, {
      onSuccess: () => toastDone(t('roles.deleted', { name })),
      onError: (refused) => {
        question.close()
        toastProblem(refused)
      },
    })
  }

  return (
    <Card withBorder padding="md" bg="var(--crm-pane)" role="listitem" aria-label={name}>
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0, flex: 1 }}>
          <Group gap="xs">
            <Title order={2} size="h5" style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Title>
            {role.builtIn && <Badge color="gray">{t('roles.builtIn')}</Badge>}
          </Group>
          <Text size="sm" c="var(--crm-muted)">
            {t('roles.members', { count: role.members })}
          </Text>
          <PermissionBadges label={t('roles.permissions')} permissions={role.permissions} />
        </div>
        {mayManage && !role.builtIn && (
          <Group gap="xs">
            <Button variant="default" onClick={form.open}>
              {t('roles.edit')}
            </Button>
            <Button variant="default" onClick={question.open}>
              {t('roles.delete')}
            </Button>
          </Group>
        )}
      </Group>
      {editing && <RoleDialog role={role} onClose={form.close} />}
      <Confirm
        opened={asking}
        title={t('roles.deleteTitle', { name })}
        text={t('roles.deleteText')}
        action={t('roles.deleteConfirm')}
        loading={remove.isPending}
        onConfirm={confirm}
        onClose={question.close}
      />
    </Card>
  )
}

/** Puts a role together, or changes one for all who have it. */
function RoleDialog({ role, onClose }: { role?: Role; onClose: () => void }) {
  const { t } = useTranslation()
  const [permissions, setPermissions] = useState(role?.permissions ?? [])
  const once = useRef(randomId())
  const keep = useKeepRole()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    keep.mutate(
      { role, once: once.current, name, permissions },
      {
        onSuccess: () => {
          toastDone(t('roles.saved', { name }))
          onClose()
        },
        onError: (refused) => {
          once.current = randomId()
          toastProblem(refused)
        },
      },
    )
  }

  return (
    <Modal opened onClose={onClose} size="lg" title={t(role ? 'roles.editTitle' : 'roles.add')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput name="name" label={t('roles.name')} defaultValue={role?.name} maxLength={100} required withAsterisk={false} data-autofocus />
          <PermissionChoice label={t('roles.permissions')} value={permissions} onChange={setPermissions} />
          <Button type="submit" loading={keep.isPending}>
            {t('app.save')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
