import '@testing-library/jest-dom/vitest'

// Tests read the words of the shop that we build for first.
localStorage.setItem('crm.language', 'pt-BR')
