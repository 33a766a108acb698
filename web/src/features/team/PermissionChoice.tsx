import { Badge, Checkbox, Fieldset, Group, SimpleGrid, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSignedIn } from '@/lib/session'
import { GROUPS, inOrder, isPermission, PERMISSION_GROUPS } from './permissions'

type PermissionChoiceProps = { label: string; value: string[]; onChange: (permissions: string[]) => void }

/** Nobody gives what they do not have, so only that is offered. */
export function PermissionChoice({ label, value, onChange }: PermissionChoiceProps) {
  const { t } = useTranslation()
  const signedIn = useSignedIn()
  const own = signedIn.state === 'in' ? signedIn.session.permissions : []
  const offered = GROUPS.map((group) => ({
    group,
    permissions: PERMISSION_GROUPS[group].filter((permission) => !own || own.includes(permission)),
  })).filter(({ permissions }) => permissions.length > 0)

  return (
    <Checkbox.Group label={label} value={value} onChange={onChange}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="sm">
        {offered.map(({ group, permissions }) => (
          <Fieldset key={group} legend={t(`permissions.groups.${group}`)}>
            <Stack gap="xs">
              {permissions.map((permission) => (
                <Checkbox key={permission} value={permission} label={t(`permissions.${permission}`)} />
              ))}
            </Stack>
          </Fieldset>
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  )
}

export function PermissionBadges({ label, permissions }: { label: string; permissions: string[] }) {
  const { t } = useTranslation()
  return (
    <Group gap={6} mt="xs" role="list" aria-label={label}>
      {inOrder(permissions).map((permission) => (
        <Badge key={permission} role="listitem" variant="light" color="gray" tt="none" fw={500}>
          {isPermission(permission) ? t(`permissions.${permission}`) : permission}
        </Badge>
      ))}
    </Group>
  )
}
