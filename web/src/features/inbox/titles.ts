import type { TFunction } from 'i18next'
import { phone } from '@/lib/format'
import type { Chat, Message } from '@/lib/types'

export function titleOf(chat: Chat, t: TFunction): string {
  if (!chat.title) return t(chat.kind === 'group' ? 'inbox.group' : 'inbox.unnamed')
  return phone(chat.title)
}

export function authorOf(message: Message, chat: Chat, t: TFunction): string {
  if (message.direction === 'outbound') return t('message.fromYou')
  if (chat.kind === 'direct') return titleOf(chat, t)
  const { name, address } = message.author ?? {}
  return name ?? (address ? phone(address.replace(/@.*/, '')) : t('inbox.unnamed'))
}

/** A message in one line, for those who hear it rather than see it. */
export function summaryOf(message: Message, t: TFunction): string {
  if (message.revokedAt) return t(message.direction === 'outbound' ? 'message.revokedOut' : 'message.revokedIn')
  const kind = message.type === 'text' ? '' : t(`type.${message.type}`)
  const said =
    message.text ??
    message.poll?.question ??
    message.choice ??
    message.location?.name ??
    message.media?.fileName ??
    message.cards?.map((card) => card.name).join(', ') ??
    ''
  return [kind, said].filter(Boolean).join(', ')
}
