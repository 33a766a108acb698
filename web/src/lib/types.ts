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

export type Agent = Schema<'Agent'> & { availability: Availability }

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

export type Media = Schema<'ConversationMedia'> & { state: 'stored' | 'available' | 'failed' | 'absent' }

export type Place = Schema<'MessageContentLocation'>

export type Poll = Schema<'ConversationPoll'>

export type Quoted = Schema<'ConversationReplyTo'> & { type: MessageType | null; direction: Direction | null }

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
  sentAgainAs: string | null
}

export type ReplyFile = Schema<'CannedReplyFile'> & { type: 'image' | 'video' | 'voice' | 'audio' | 'document' }

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

export type LastMessage = Schema<'LastMessage'> & { direction: Direction; type: MessageType; status: MessageStatus }

export type ChatSession = Schema<'ChatSession'> & { status: 'open' | 'ended' }

export type Chat = Omit<Schema<'Chat'>, 'lastMessage' | 'session'> & {
  kind: 'direct' | 'group'
  lastMessage: LastMessage | null
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

export type Channel = Schema<'Channel'> & { status: ChannelStatus }

export type OperationsSummary = Schema<'Books'>

export type QueueState = Schema<'Queue'> & { lane: 'interactive' | 'bulk' }

/** In the currency's smallest parts. */
export type Money = Schema<'DealWorth'>

export type PipelineStatus = Schema<'PipelineStatus'> & { kind: 'open' | 'won' | 'lost' }

export type Pipeline = Omit<Schema<'Pipeline'>, 'statuses'> & { statuses: PipelineStatus[] }

export type Deal = Schema<'Deal'> & { kind: 'open' | 'won' | 'lost' }

export type BoardCard = Schema<'BoardCard'>

export type BoardColumn = Schema<'BoardColumn'>

export type Board = Schema<'Board'>
