import type { Condition } from '@/lib/contacts'

const DAYS = [7, 30, 90] as const

/** When the last message was, counted from now: a filter that is kept or shared means the same tomorrow. */
export type LastMessage = `${'after' | 'before'}-${(typeof DAYS)[number]}`

export const LAST_MESSAGES: LastMessage[] = [...DAYS.map((days) => `after-${days}` as const), ...DAYS.map((days) => `before-${days}` as const)]

/** How a custom field can be asked for: it is a value (an option, a number, a day), yes or no, holds a text, or holds a part of a document. */
const TESTS = {
  choice: (value: string) => ({ equals: value }),
  truth: (value: string) => ({ equals: value === 'true' }),
  text: (value: string) => ({ contains: value }),
  document: (value: string) => ({ contains: JSON.parse(value) as unknown }),
}

/** What is asked of a custom field; the value as it stands in the address. */
export type AskedField = { key: string; how: keyof typeof TESTS; value: string }

/** Which contacts are wanted. It stands in the address of the page, so that it can be shared. */
export type ContactFilter = {
  q: string
  /** Whose tags, statuses and fields are meant; null: the only project's. */
  projectId: string | null
  tag: string | null
  statusId: string | null
  lastMessage: LastMessage | null
  field: AskedField | null
  /** Those who were deleted, and not the others. */
  deleted: boolean
}

const NOTHING: Omit<ContactFilter, 'q'> = { projectId: null, tag: null, statusId: null, lastMessage: null, field: null, deleted: false }

/** All of them, but for what is looked for by typing. */
export const widened = ({ q }: ContactFilter): ContactFilter => ({ ...NOTHING, q })

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
    const [how, key] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)]
    if (isTest(how) && isValue(how, value)) return { key, how, value }
  }
  return null
}

const isTest = (how: string): how is AskedField['how'] => Object.hasOwn(TESTS, how)

function isValue(how: AskedField['how'], value: string): boolean {
  if (how === 'truth') return value === 'true' || value === 'false'
  try {
    TESTS[how](value)
    return value !== ''
  } catch {
    return false // no document
  }
}

export function writeFilter({ q, projectId, tag, statusId, lastMessage, field, deleted }: ContactFilter): URLSearchParams {
  const named = { q, project: projectId, tag, status: statusId, last: lastMessage, deleted: deleted ? String(deleted) : null }
  const address = new URLSearchParams(Object.entries(named).filter((entry): entry is [string, string] => Boolean(entry[1])))
  if (field) address.set(`${field.how}.${field.key}`, field.value)
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
  if (field) asked.push({ field: `custom.${field.key}`, ...TESTS[field.how](field.value) })
  return asked
}
