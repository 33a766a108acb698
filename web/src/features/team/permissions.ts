/** What somebody or a key may do, in the order in which people look for it. */
export const PERMISSION_GROUPS = {
  service: ['inbox_read', 'message_send', 'message_receive'],
  contacts: ['contact_read', 'contact_write', 'contact_import', 'contact_export', 'contact_erase'],
  pipelines: ['pipeline_read', 'pipeline_write', 'pipeline_manage'],
  channels: ['channel_read', 'channel_write'],
  automation: ['automation_read', 'automation_write', 'webhook_read', 'webhook_write'],
  reports: ['report_read', 'audit_read'],
  company: ['team_read', 'team_manage', 'api_key_manage', 'settings_write', 'billing_read', 'billing_manage'],
  operations: ['operations_read', 'operations_write'],
} as const

export type Permission = (typeof PERMISSION_GROUPS)[keyof typeof PERMISSION_GROUPS][number]

export const GROUPS = Object.keys(PERMISSION_GROUPS) as (keyof typeof PERMISSION_GROUPS)[]

const ALL: readonly string[] = GROUPS.flatMap((group) => PERMISSION_GROUPS[group])

/** False for one that a newer server has and this page does not know. */
export const isPermission = (code: string): code is Permission => ALL.includes(code)

/** In the order of the groups. */
export const inOrder = (codes: string[]) => [...codes].sort((one, other) => ALL.indexOf(one) - ALL.indexOf(other))
