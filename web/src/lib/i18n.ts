import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './words/en'
import { ptBR } from './words/pt-BR'

export const LANGUAGES = ['pt-BR', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const CHOSEN = 'crm.language'

/** What somebody chose here, else the first of the browser's languages that we speak. */
function chosen(): Language {
  const stored = localStorage.getItem(CHOSEN)
  const spoken = navigator.languages.map((tag) => LANGUAGES.find((ours) => ours.slice(0, 2) === tag.slice(0, 2).toLowerCase()))
  return LANGUAGES.find((language) => language === stored) ?? spoken.find((language) => language !== undefined) ?? 'pt-BR'
}

export function switchLanguage(language: Language) {
  localStorage.setItem(CHOSEN, language)
  void i18next.changeLanguage(language)
}

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language
})

void i18next.use(initReactI18next).init({
  resources: { 'pt-BR': { translation: ptBR }, en: { translation: en } },
  lng: chosen(),
  fallbackLng: 'pt-BR',
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
})

export { i18next }
