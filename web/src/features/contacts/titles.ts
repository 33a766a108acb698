import type { TFunction } from 'i18next'
import { phone } from '@/lib/format'
import type { Identity } from '@/lib/types'

/** As much of a contact as names it. */
type Named = { name: string | null; identities: Pick<Identity, 'kind' | 'display'>[] }

export function phoneOf({ identities }: Named): string | null {
  const identity = identities.find(({ kind }) => kind === 'phone')
  return identity ? phone(identity.display) : null
}

export const titleOf = (contact: Named, t: TFunction) => contact.name ?? phoneOf(contact) ?? t('inbox.unnamed')
