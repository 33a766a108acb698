import type { Schema } from './client'

/** What the API answers, as its document has it; words of which it only says that they are texts are narrowed here. */

export type Page<T> = { items: T[]; nextCursor: string | null }

export type Session = {
  accessToken: string
  expiresInSeconds: number
  user: { id: string; name: string; email: string; role: string }
  tenant: { id: string; name: string }
  projects: Project[]
  permissions?: string[]
}

export type Availability = 'online' | 'away' | 'offline'

export type Agent = { id: string; name: string; availability: Availability }

export type Project = Schema<'Project'>

export type Direction = 'inbound' | 'outbound'

export type MessageStatus =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'played'
  | 'failed'
  | 'unknown'
  | 'received'

export type MessageType =
  | 'text'
  | 'image'
  | 'video'
  | 'video_note'
  | 'voice'
  | 'audio'
  | 'document'
  | 'sticker'
  | 'location'
  | 'live_location'
  | 'contacts'
  | 'poll'
  | 'button_reply'
  | 'list_reply'
  | 'flow_reply'
  | 'order'
  | 'product'
  | 'event'
  | 'group_invite'
  | 'payment'
  | 'album'
  | 'unsupported'

export type Media = {
  state: 'available' | 'failed' | 'absent'
  mimeType: string | null
  fileName: string | null
  bytes: number | null
  durationSeconds: number | null
}

export type Place = {
  latitude: number
  longitude: number
  name: string | null
  address: string | null
  url: string | null
}

export type Poll = { question: string; options: { text: string; votes: number }[]; multipleAnswers: boolean }

export type Quoted = { id: string | null; text: string | null; type: MessageType | null; direction: Direction | null }

export type Message = {
  id: string
  chatId: string
  sessionId: string | null
  direction: Direction
  source: 'customer' | 'crm' | 'api' | 'phone'
  author: { name: string | null; address: string | null } | null
  type: MessageType
  text: string | null
  media: Media | null
  location: Place | null
  cards: { name: string; vcard: string }[] | null
  poll: Poll | null
  choice: string | null
  viewOnce: boolean
  replyTo: Quoted | null
  reactions: { emoji: string; count: number; mine: boolean }[] | null
  status: MessageStatus
  failure: { code: string; detail: string | null } | null
  editedAt: string | null
  revokedAt: string | null
  forwarded: boolean
  sentAt: string
  deliveredAt: string | null
  readAt: string | null
}

export type ReplyFile = { fileId: string; type: 'image' | 'video' | 'voice' | 'audio' | 'document'; fileName: string | null }

export type CannedReply = {
  id: string
  shortCode: string
  title: string
  text: string | null
  attachments: ReplyFile[]
  personal: boolean
}

/** A canned reply with its gaps filled; those in `missing` have no value and stand in the text as `{{…}}`. */
export type FilledReply = { text: string | null; attachments: ReplyFile[]; missing: string[] }

/** A message that waits for its time. */
export type ScheduledMessage = {
  id: string
  chatId: string | null
  type: MessageType
  text: string | null
  sendAt: string
  cancelIfCustomerWrites: boolean
  customerHasWritten: boolean
}

export type LastMessage = {
  id: string
  direction: Direction
  type: MessageType
  preview: string | null
  sentAt: string
  status: MessageStatus
  authorName: string | null
}

export type ChatSession = { id: string; status: 'open' | 'ended'; startedAt: string; deadline: string | null }

export type Chat = {
  id: string
  kind: 'direct' | 'group'
  title: string | null
  contactId: string | null
  channelId: string
  channelName: string
  unreadCount: number
  lastMessage: LastMessage | null
  lastActivityAt: string
  session: ChatSession | null
}

export type Identity = Schema<'ContactIdentity'> & { kind: 'phone' | 'lid' | 'email' | 'external' }

export type Contact = Omit<Schema<'Contact'>, 'identities'> & {
  nameSetBy: 'person' | 'channel' | 'merged' | 'none'
  identities: Identity[]
  fields: Record<string, unknown>
}

/** Each project has tags of its own. */
export type Tag = { projectId: string; name: string }

export type TimelineEntry = Schema<'ContactEntry'> & { data: Record<string, unknown> }

export type ChannelStatus = 'new' | 'starting' | 'pairing' | 'connected' | 'failed' | 'stopped'

export type Channel = {
  id: string
  projectId: string
  name: string
  type: string
  status: ChannelStatus
  statusAt: string | null
  phone: string | null
  waha: { url: string; session: string; hasApiKey: boolean; hasHmacSecret: boolean } | null
  api: { url: string; hasSecret: boolean } | null
  webhookPath: string | null
  sessionTimeoutMinutes: number | null
  version: number
}

export type OperationsSummary = { accepted: number; applied: number; lost: number; doubled: number }

export type QueueState = {
  name: string
  lane: 'interactive' | 'bulk'
  depth: number
  unacked: number
  oldestAgeSeconds: number | null
  consumers: number
  deadLetters: number
  ttlSeconds: number | null
}

/** In the currency's smallest parts. */
export type Money = { amount: number; currency: string }

export type PipelineStatus = {
  id: string
  name: string
  kind: 'open' | 'won' | 'lost'
  colour: string
  next: string[] | null
  requiredFields: string[]
  archived: boolean
}

export type Pipeline = {
  id: string
  projectId: string
  name: string
  isDefault: boolean
  sessionTimeoutMinutes: number | null
  archived: boolean
  statuses: PipelineStatus[]
  lossReasons: { id: string; text: string; archived: boolean }[]
  createdAt: string
  version: number
}

export type Deal = {
  id: string
  contactId: string
  contactName: string | null
  pipelineId: string
  statusId: string
  kind: 'open' | 'won' | 'lost'
  rank: string
  value: Money | null
  lossReasonId: string | null
  enteredAt: string
  statusSince: string
  leftAt: string | null
  leftBecause: string | null
  version: number
}

export type BoardCard = {
  id: string
  contactId: string
  contactName: string | null
  statusId: string
  rank: string
  value: Money | null
  lossReasonId: string | null
  enteredAt: string
  statusSince: string
  version: number
}

export type BoardColumn = { statusId: string; cards: number; sums: Money[]; items: BoardCard[]; nextCursor: string | null }

export type Board = { pipelineId: string; columns: BoardColumn[] }
