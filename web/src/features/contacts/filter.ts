import type { Condition } from '@/lib/contacts'

const DAYS = [7, 30, 90] as const

/** When the last message was, counted from now: a filter that is kept or shared means the same tomorrow. */
export type LastMessage = `${'after' | 'before'}-${(typeof DAYS)[number]}`

export const LAST_MESSAGES: LastMessage[] = [...DAYS.map((days) => `after-${days}` as const), ...DAYS.map((days) => `before-${days}` as const)]

/** Which contacts are wanted. It stands in the address of the page, so that it can be shared. */
export type ContactFilter = {
  q: string
  /** Whose tags, statuses and fields are meant; null: the only project's. */
  projectId: string | null
  tag: string | null
  statusId: string | null
  lastMessage: LastMessage | null
  /** A value of a custom field: one of its options, or yes or no. */
  field: { key: string; value: string | boolean } | null
  /** Those who were deleted, and not the others. */
  deleted: boolean
}

const NOTHING: Omit<ContactFilter, 'q'> = { projectId: null, tag: null, statusId: null, lastMessage: null, field: null, deleted: false }

/** All of them, but for what is looked for by typing. */
export const widened = ({ q }: ContactFilter): ContactFilter => ({ ...NOTHING, q })

const CHOICE = 'choice.'
const TRUTH = 'truth.'

/** What stands in an address; what nobody could have chosen is left out. */
export function readFilter(address: URLSearchParams): ContactFilter {
  const text = (name: string) => address.get(name) || null
  return {
    q: address.get('q') ?? '',
    projectId: text('project'),
    tag: text('tag'),
    statusId: text('status'),
    lastMessage: LAST_MESSAGES.find((one) => one === address.get('last')) ?? null,
    field: fieldIn(address),
    deleted: address.get('deleted') === 'true',
  }
}

function fieldIn(address: URLSearchParams): ContactFilter['field'] {
  for (const [name, value] of address) {
    if (name.startsWith(CHOICE) && value) return { key: name.slice(CHOICE.length), value }
    if (name.startsWith(TRUTH) && (value === 'true' || value === 'false')) return { key: name.slice(TRUTH.length), value: value === 'true' }
  }
  return null
}

export function writeFilter({ q, projectId, tag, statusId, lastMessage, field, deleted }: ContactFilter): URLSearchParams {
  const named = { q, project: projectId, tag, status: statusId, last: lastMessage, deleted: deleted ? String(deleted) : null }
  const address = new URLSearchParams(Object.entries(named).filter((entry): entry is [string, string] => Boolean(entry[1])))
  if (field) address.set((typeof field.value === 'boolean' ? TRUTH : CHOICE) + field.key, String(field.value))
  return address
}

/** What the API is asked, all of it to be met. */
export function conditions({ tag, statusId, lastMessage, field }: ContactFilter): Condition[] {
  const asked: Condition[] = []
  if (tag) asked.push({ field: 'tag', equals: tag })
  if (statusId) asked.push({ field: 'pipelineStatus', equals: statusId })
  if (lastMessage) {
    const [side, days] = lastMessage.split('-')
    asked.push({ field: 'lastMessageAt', [side === 'after' ? 'atLeast' : 'lessThan']: { ago: `P${days}D` } })
  }
  if (field) asked.push({ field: `custom.${field.key}`, equals: field.value })
  return asked
}
