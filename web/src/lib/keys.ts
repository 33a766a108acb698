/** The names of what the cache holds: features read by them, live events write by them. */
export const keys = {
  chats: ['chats'] as const,
  chatList: (filter: string, q: string, channelId: string) => ['chats', { filter, q, channelId }] as const,
  chat: (id: string) => ['chat', id] as const,
  messages: (chatId: string) => ['messages', chatId] as const,
  contacts: ['contacts'] as const,
  contactList: (q: string) => ['contacts', { q }] as const,
  contact: (id: string) => ['contact', id] as const,
  timeline: (contactId: string) => ['timeline', contactId] as const,
  cannedReplies: (q: string) => ['canned-replies', { q }] as const,
  scheduled: (chatId: string) => ['scheduled', chatId] as const,
  channels: ['channels'] as const,
  pipelines: ['pipelines'] as const,
  boards: ['board'] as const,
  board: (pipelineId: string, q: string, wanted: Record<string, number>) => ['board', pipelineId, { q, wanted }] as const,
  me: ['me'] as const,
  operations: ['operations'] as const,
}
