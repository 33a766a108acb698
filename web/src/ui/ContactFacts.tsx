import { Button, Group, Select, Skeleton, Stack, Text, Timeline as Line, Title } from '@mantine/core'
import {
  IconAd2,
  IconAt,
  IconHash,
  IconId,
  IconLink,
  IconMessage,
  IconPencil,
  IconPhone,
  IconPlayerPlay,
  IconPlayerStop,
  IconPoint,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TIMELINE_KINDS, useTimeline, type TimelineKind } from '@/lib/contacts'
import { moment, phone } from '@/lib/format'
import type { Identity, TimelineEntry } from '@/lib/types'
import { Problem } from './Notice'

const IDENTITY_ICONS: Record<Identity['kind'], Icon> = { phone: IconPhone, lid: IconId, email: IconAt, external: IconHash }

/** What names a contact elsewhere. */
export function Identities({ identities }: { identities: Identity[] }) {
  const { t } = useTranslation()
  return (
    <section>
      <Title order={3} size="h6" mb={6}>
        {t('contact.identities')}
      </Title>
      <Stack gap={8} role="list">
        {identities.map(({ kind, value, display }) => {
          const Icon = IDENTITY_ICONS[kind] ?? IconHash
          return (
            <Group key={kind + value} gap="sm" wrap="nowrap" role="listitem">
              <Icon size={18} stroke={1.6} color="var(--crm-muted)" aria-hidden />
              <div style={{ minWidth: 0 }}>
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {kind === 'phone' ? phone(display) : display}
                </Text>
                <Text size="xs" c="var(--crm-muted)">
                  {t(`contact.${kind}`)}
                </Text>
              </div>
            </Group>
          )
        })}
      </Stack>
    </section>
  )
}

const EVENT_ICONS: [RegExp, Icon][] = [
  [/^contact\.created/, IconUserPlus],
  [/^contact\.name/, IconPencil],
  [/^contact\./, IconLink],
  [/^session\.ended/, IconPlayerStop],
  [/^session\./, IconPlayerPlay],
  [/^message\./, IconMessage],
  [/^call\./, IconPhone],
  [/^tracking\./, IconAd2],
]

/** What happened to a contact, newest first. */
export function Timeline({ contactId }: { contactId: string }) {
  const { t, i18n } = useTranslation()
  const [kind, setKind] = useState<TimelineKind | null>(null)
  const timeline = useTimeline(contactId, kind)

  function title({ type, data }: TimelineEntry) {
    const word = `timeline.${type.replaceAll('.', '_')}`
    return i18n.exists(word)
      ? t(word as 'timeline.contact_created', { ...data, phone: phone(String(data.phone ?? '')) })
      : t('timeline.other', { type })
  }

  function detail({ type, data }: TimelineEntry) {
    if (type === 'contact.created') return known(data)
    if (type === 'session.ended' && i18n.exists(`timeline.reason_${data.reason}`))
      return t(`timeline.reason_${data.reason}` as 'timeline.reason_SILENCE')
    return type.startsWith('message.') && typeof data.text === 'string' ? data.text : null
  }

  /** With what somebody was entered; earlier programs told it by events of their own. */
  function known(data: TimelineEntry['data']) {
    const tags = (data.tags ?? []) as string[]
    const others = (data.otherIdentities ?? []) as { value: string }[]
    const fields = (data.customFields ?? []) as { key: string }[]
    const parts = [
      data.phone && phone(String(data.phone)),
      data.email,
      ...others.map(({ value }) => value),
      tags.length > 0 && t('timeline.tags', { tags: tags.join(', ') }),
      fields.length > 0 && t('timeline.fields', { fields: fields.map(({ key }) => key).join(', ') }),
    ]
    return parts.filter(Boolean).join(' · ')
  }

  return (
    <section>
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Title order={3} size="h6">
          {t('contact.timeline')}
        </Title>
        <Select
          aria-label={t('contact.timelineFilter')}
          placeholder={t('contact.timelineAll')}
          data={TIMELINE_KINDS.map((value) => ({ value, label: t(`contact.timelineKinds.${value}`) }))}
          value={kind}
          onChange={setKind}
          clearable
          size="xs"
          w={150}
        />
      </Group>
      {timeline.isPending && <Skeleton height={120} />}
      {timeline.isError && <Problem error={timeline.error} retry={() => void timeline.refetch()} />}
      {timeline.data?.pages[0]?.items.length === 0 && (
        <Text size="sm" c="var(--crm-muted)">
          {t(kind ? 'contact.timelineNone' : 'contact.timelineEmpty')}
        </Text>
      )}
      <Line bulletSize={24} lineWidth={2} aria-label={t('contact.timeline')} role="list">
        {timeline.data?.pages
          .flatMap((page) => page.items)
          .map((entry) => {
            const Icon = EVENT_ICONS.find(([pattern]) => pattern.test(entry.type))?.[1] ?? IconPoint
            const more = detail(entry)
            return (
              <Line.Item key={entry.id} bullet={<Icon size={13} aria-hidden />} role="listitem">
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {title(entry)}
                </Text>
                {more && (
                  <Text size="xs" c="var(--crm-muted)" lineClamp={2}>
                    {more}
                  </Text>
                )}
                <Text size="xs" c="var(--crm-muted)">
                  <time dateTime={entry.at}>{moment(entry.at)}</time>
                </Text>
              </Line.Item>
            )
          })}
      </Line>
      {timeline.hasNextPage && (
        <Button variant="subtle" size="xs" mt="sm" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t('app.more')}
        </Button>
      )}
    </section>
  )
}
