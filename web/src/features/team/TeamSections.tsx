import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { useMay } from '@/lib/session'

/** The pages about the company and who may do what in it, for those who see more than one of them. */
export function TeamSections() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const team = useMay('team_manage')
  const apiKeys = useMay('api_key_manage')
  const settings = useMay('settings_write')
  const sections = [
    { to: '/team', label: t('team.people'), shown: team },
    { to: '/team/roles', label: t('roles.title'), shown: team },
    { to: '/team/keys', label: t('keys.title'), shown: apiKeys },
    { to: '/team/company', label: t('company.title'), shown: settings },
  ].filter(({ shown }) => shown)
  if (sections.length < 2) return null
  return (
    <Group component="nav" gap="xs" mb="lg" aria-label={t('team.title')}>
      {sections.map(({ to, label }) => (
        <Button key={to} component={NavLink} to={to} end size="compact-md" variant={pathname === to ? 'light' : 'subtle'}>
          {label}
        </Button>
      ))}
    </Group>
  )
}
