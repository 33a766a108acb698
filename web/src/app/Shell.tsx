import { Avatar, Loader, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import {
  IconActivityHeartbeat,
  IconAddressBook,
  IconCircleCheck,
  IconCircleOff,
  IconClockPause,
  IconColumns3,
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMessageCircle,
  IconMoon,
  IconPlugConnected,
  IconSun,
  IconUserCog,
  IconUsers,
} from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, Outlet, useLocation, useNavigation } from 'react-router'
import { Bell } from '@/features/notifications/Bell'
import { LANGUAGES, switchLanguage } from '@/lib/i18n'
import { useMay, useSignedIn } from '@/lib/session'
import { Boundary } from '@/ui/Boundary'
import { ConnectionBanner } from './ConnectionBanner'
import classes from './Shell.module.css'
import { signOut } from './signOut'
import { useAvailability, useSignOfLife } from './useAgent'
import { useLive } from './useLive'

const AVAILABILITIES = [
  { value: 'online', Icon: IconCircleCheck },
  { value: 'away', Icon: IconClockPause },
  { value: 'offline', Icon: IconCircleOff },
] as const

const LANGUAGE_NAMES = { 'pt-BR': 'Português (Brasil)', en: 'English' }

export function Shell() {
  const { t } = useTranslation()
  const location = useLocation()
  const navigation = useNavigation()
  const pipelines = useMay('pipeline_read')
  const channels = useMay('channel_read')
  const team = useMay('team_manage')
  const apiKeys = useMay('api_key_manage')
  const settings = useMay('settings_write')
  const operations = useMay('operations_read')
  useLive()
  useSignOfLife()

  const places = [
    { to: '/inbox', label: t('app.inbox'), Icon: IconMessageCircle, shown: true },
    { to: '/contacts', label: t('app.contacts'), Icon: IconAddressBook, shown: true },
    { to: '/pipelines', label: t('app.pipelines'), Icon: IconColumns3, shown: pipelines },
    { to: '/channels', label: t('app.channels'), Icon: IconPlugConnected, shown: channels },
    { to: team ? '/team' : apiKeys ? '/team/keys' : '/team/company', label: t('app.team'), Icon: IconUsers, shown: team || apiKeys || settings },
    { to: '/operations', label: t('app.operations'), Icon: IconActivityHeartbeat, shown: operations },
  ].filter((place) => place.shown)
  const place = location.pathname.split('/')[1] ?? ''

  return (
    <div className={classes.shell} data-deep={/^\/(inbox|contacts)\/./.test(location.pathname) || undefined}>
      <a className={classes.skip} href="#content">
        {t('app.skip')}
      </a>
      <nav className={classes.rail} aria-label={t('app.navigation')}>
        <img className={classes.logo} src="/favicon.svg" alt="" width={34} height={34} />
        {places.map(({ to, label, Icon }) => (
          <NavLink key={to} to={to} className={classes.place}>
            <Icon size={23} stroke={1.7} aria-hidden />
            <span>{label}</span>
          </NavLink>
        ))}
        <div className={classes.own}>
          <Bell />
          <AccountMenu />
        </div>
      </nav>
      <div className={classes.main}>
        <ConnectionBanner />
        <main id="content" className={classes.content} aria-busy={navigation.state === 'loading'} tabIndex={-1}>
          <Boundary place={place}>
            <Suspense fallback={<Loader m="xl" aria-label={t('app.loading')} />}>
              <Outlet />
            </Suspense>
          </Boundary>
        </main>
      </div>
    </div>
  )
}

function AccountMenu() {
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signedIn = useSignedIn()
  const availability = useAvailability()
  if (signedIn.state !== 'in') return null
  const { user, tenant } = signedIn.session
  const schemes = [
    { value: 'light', label: t('app.light'), Icon: IconSun },
    { value: 'dark', label: t('app.dark'), Icon: IconMoon },
    { value: 'auto', label: t('app.auto'), Icon: IconDeviceDesktop },
  ] as const

  return (
    <Menu position="right-end" width={240} shadow="md" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={t('app.account', { name: user.name })}>
          <Avatar name={user.name} color="green" radius="xl" size={34} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <Text fw={600} truncate>
            {user.name}
          </Text>
          <Text size="xs" c="var(--crm-muted)" truncate>
            {user.email}
          </Text>
          <Text size="xs" c="var(--crm-muted)" truncate>
            {tenant.name}
          </Text>
        </div>
        <Menu.Divider />
        {availability && (
          <>
            <Menu.Label>{t('app.availability')}</Menu.Label>
            {AVAILABILITIES.map(({ value, Icon }) => (
              <Menu.Item
                key={value}
                role="menuitemradio"
                aria-checked={availability.now === value}
                data-on={availability.now === value || undefined}
                className={classes.choice}
                leftSection={<Icon size={16} aria-hidden />}
                onClick={() => availability.say(value)}
              >
                {t(`app.${value}`)}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Label>{t('app.theme')}</Menu.Label>
        {schemes.map(({ value, label, Icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            data-on={colorScheme === value || undefined}
            className={classes.choice}
            leftSection={<Icon size={16} aria-hidden />}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Label>{t('app.language')}</Menu.Label>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            role="menuitemradio"
            aria-checked={i18n.language === language}
            data-on={i18n.language === language || undefined}
            className={classes.choice}
            lang={language}
            leftSection={<IconLanguage size={16} aria-hidden />}
            onClick={() => switchLanguage(language)}
          >
            {LANGUAGE_NAMES[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCog size={16} aria-hidden />}>
          {t('app.myAccount')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
