import '@testing-library/jest-dom/vitest'
import { configure } from '@testing-library/react'

// Tests read the words of the shop that we build for first.
localStorage.setItem('crm.language', 'pt-BR')

// jsdom loads no fonts, and a text that grows asks about them.
Object.defineProperty(document, 'fonts', { value: { addEventListener: () => {}, removeEventListener: () => {} } })

// Generous: the machine may be busy with other tests.
configure({ asyncUtilTimeout: 10_000 })
