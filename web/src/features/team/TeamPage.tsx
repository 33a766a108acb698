import { Badge, Button, Card, Group, Modal, Select, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { randomId } from '@/lib/api'
import { moment } from '@/lib/format'
import { useMembers } from '@/lib/members'
import { toastDone, toastProblem } from '@/lib/problem'
import { useMay, useSignedIn } from '@/lib/session'
import { NotAllowed, Problem } from '@/ui/Notice'
import { Sheet } from '@/ui/Sheet'
import {
  useGiveRole,
  useInvitations,
  useInvite,
  useResend,
  useResetSecondFactor,
  useRoles,
  useSetActive,
  useWithdraw,
  type Invitation,
  type Member,
} from './api'
import { TeamSections } from './TeamSections'

export function TeamPage() {
  const { t } = useTranslation()
  const mayRead = useMay('team_read')
  const mayManage = useMay('team_manage')
  const [inviting, form] = useDisclosure(false)

  useEffect(() => {
    document.title = `${t('team.title')} · ${t('app.name')}`
  }, [t])

  return (
    <Sheet
      title={t('team.title')}
      text={t(mayRead && !mayManage ? 'team.readOnly' : 'team.text')}
      aside={
        mayManage && (
          <Button leftSection={<IconUserPlus size={18} />} onClick={form.open}>
            {t('team.invite')}
          </Button>
        )
      }
    >
      <TeamSections />
      {mayRead ? <Members mayManage={mayManage} /> : <NotAllowed text={t('team.notAllowed')} />}
      {mayManage && <Invitations />}
      <Modal opened={inviting} onClose={form.close} title={t('team.inviteTitle')} closeButtonProps={{ 'aria-label': t('app.close') }}>
        <InviteForm onDone={form.close} />
      </Modal>
    </Sheet>
  )
}

function Members({ mayManage }: { mayManage: boolean }) {
  const { t } = useTranslation()
  const members = useMembers()
  return (
    <>
      {members.isPending && <Skeleton height={200} />}
      {members.isError && <Problem error={members.error} retry={() => void members.refetch()} />}
      <Stack role="list" aria-label={t('team.members')}>
        {members.data?.items.map((member) => <MemberCard key={member.id} member={member} mayManage={mayManage} />)}
      </Stack>
    </>
  )
}

function Invitations() {
  const { t } = useTranslation()
  const invitations = useInvitations()
  if ((invitations.data?.length ?? 0) === 0) return null
  return (
    <>
      <Title order={2} size="h4" mt="xl" mb="md">
        {t('team.invitations')}
      </Title>
      <Stack role="list" aria-label={t('team.invitations')}>
        {invitations.data?.map((invitation) => <InvitationCard key={invitation.id} invitation={invitation} />)}
      </Stack>
    </>
  )
}

/** Our own roles have words in both languages; those of the company have the name that it gave. */
function useRoleChoices() {
  const { t } = useTranslation()
  const roles = useRoles()
  return (roles.data?.items ?? []).map((role) => ({ value: role.id, label: role.builtIn ? t(`team.roles.${role.id}`) : role.name }))
}

function MemberCard({ member, mayManage }: { member: Member; mayManage: boolean }) {
  const { t } = useTranslation()
  const choices = useRoleChoices()

  return (
    <Card withBorder padding="md" bg="var(--crm-pane)" role="listitem" aria-label={member.name}>
      <Group justify="space-between">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>{member.name}</Text>
            {!member.active && <Badge color="gray">{t('team.inactive')}</Badge>}
            {member.secondFactor && (
              <Badge variant="light" color="green">
                {t('team.secondFactor')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="var(--crm-muted)" style={{ overflowWrap: 'anywhere' }}>
            {member.email}
          </Text>
        </div>
        {mayManage ? (
          <MemberActs member={member} choices={choices} />
        ) : (
          <Text size="sm">{choices.find(({ value }) => value === member.role)?.label ?? member.roleName}</Text>
        )}
      </Group>
    </Card>
  )
}

function MemberActs({ member, choices }: { member: Member; choices: ReturnType<typeof useRoleChoices> }) {
  const { t } = useTranslation()
  const signedIn = useSignedIn()
  const give = useGiveRole()
  const setActive = useSetActive()
  const reset = useResetSecondFactor()
  const myself = signedIn.state === 'in' && signedIn.session.user.id === member.id

  return (
    <Group gap="xs">
      <Select
        aria-label={t('team.roleOf', { name: member.name })}
        value={member.role}
        data={choices}
        allowDeselect={false}
        disabled={give.isPending || myself}
        w={170}
        onChange={(role) => role && role !== member.role && give.mutate({ member, role }, { onError: toastProblem })}
      />
      {member.secondFactor && !myself && (
        <Button
          variant="default"
          loading={reset.isPending}
          onClick={() => reset.mutate(member.id, { onSuccess: () => toastDone(t('team.factorReset')), onError: toastProblem })}
        >
          {t('team.resetFactor')}
        </Button>
      )}
      {!myself && (
        <Button
          variant="default"
          loading={setActive.isPending}
          onClick={() => setActive.mutate({ id: member.id, active: !member.active }, { onError: toastProblem })}
        >
          {t(member.active ? 'team.deactivate' : 'team.reactivate')}
        </Button>
      )}
    </Group>
  )
}

function InvitationCard({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation()
  const choices = useRoleChoices()
  const resend = useResend()
  const withdraw = useWithdraw()
  const role = choices.find(({ value }) => value === invitation.role)?.label ?? invitation.roleName

  return (
    <Card withBorder padding="md" bg="var(--crm-pane)" role="listitem" aria-label={invitation.email}>
      <Group justify="space-between">
        <div style={{ minWidth: 0 }}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {invitation.email}
          </Text>
          <Text size="sm" c="var(--crm-muted)">
            {role} · {t(`team.mail.${invitation.mail}`)} · {t('team.goodUntil', { when: moment(invitation.expiresAt) })}
          </Text>
          {invitation.mailError && (
            <Text size="sm" c="red">
              {invitation.mailError}
            </Text>
          )}
        </div>
        <Group gap="xs">
          <Button
            variant="default"
            loading={resend.isPending}
            onClick={() => resend.mutate(invitation.id, { onSuccess: () => toastDone(t('team.resent')), onError: toastProblem })}
          >
            {t('team.resend')}
          </Button>
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate(invitation.id, { onError: toastProblem })}>
            {t('team.withdraw')}
          </Button>
        </Group>
      </Group>
    </Card>
  )
}

function InviteForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const choices = useRoleChoices()
  const [role, setRole] = useState('agent')
  const once = useRef(randomId())
  const invite = useInvite()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const email = String(new FormData(event.currentTarget).get('email')).trim()
    invite.mutate(
      { once: once.current, email, role },
      {
        onSuccess: () => {
          toastDone(t('team.invited', { email }))
          onDone()
        },
        onError: (error) => {
          once.current = randomId()
          toastProblem(error)
        },
      },
    )
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput name="email" type="email" label={t('auth.email')} maxLength={254} required withAsterisk={false} data-autofocus />
        <Select label={t('team.role')} value={role} onChange={(chosen) => chosen && setRole(chosen)} data={choices} allowDeselect={false} />
        <Button type="submit" loading={invite.isPending}>
          {t('team.sendInvitation')}
        </Button>
      </Stack>
    </form>
  )
}
