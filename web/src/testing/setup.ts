import '@testing-library/jest-dom/vitest'
import { configure } from '@testing-library/react'
import { afterAll, vi } from 'vitest'
import { session } from '@/lib/api'
import { queryClient } from '@/lib/query'

// Tests read the words of the shop that we build for first.
localStorage.setItem('crm.language', 'pt-BR')

// jsdom loads no fonts, and a text that grows asks about them.
Object.defineProperty(document, 'fonts', { configurable: true, value: { addEventListener: () => {}, removeEventListener: () => {} } })

// The next file finds the page as this one did.
afterAll(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  session.forget()
  queryClient.clear()
})

// Generous: the machine may be busy with other tests.
configure({ asyncUtilTimeout: 10_000 })
