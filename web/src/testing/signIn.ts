import { session } from '@/lib/api'

/** Somebody of a shop is signed in, who may do what is named. */
export function signIn(permissions?: string[], role = 'agent') {
  session.begin({
    accessToken: 't',
    expiresInSeconds: 60,
    user: { id: 'u', name: 'Bia', email: 'bia@exemplo.com.br', role },
    tenant: { id: 't', name: 'Loja' },
    projects: [],
    permissions,
  })
}
