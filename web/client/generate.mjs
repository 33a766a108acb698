// Writes the types of the API's requests and answers for the web app, from the document that the server's tests keep true.
// A package of its own, because the library needs another TypeScript than the app is checked with.
// Usage: npm run client [-- --check]: with --check nothing is written, and it fails when the types are not the document's.

import openapiTS, { astToString } from 'openapi-typescript'
import { readFileSync, writeFileSync } from 'node:fs'

const DOCUMENT = new URL('../../docs/reference/openapi.json', import.meta.url)
const GENERATED = new URL('../src/lib/api.generated.ts', import.meta.url)

const API = '/api/v1'

/** The routes below /api/v1 without refusals, which are all `ApiError`, and examples of answers: with them the types were twice as long. */
function forTheApp(document) {
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith(API))
  for (const route of paths.flatMap(([, path]) => Object.values(path))) {
    if (!route.responses) continue
    route.responses = Object.fromEntries(Object.entries(route.responses).filter(([status]) => status.startsWith('2')))
    for (const answer of Object.values(route.responses)) delete answer.content?.['application/json']?.example
  }
  const { responses: _, examples: __, ...components } = document.components
  return { ...document, paths: Object.fromEntries(paths.map(([path, routes]) => [path.slice(API.length), routes])), components }
}

async function generate() {
  const document = forTheApp(JSON.parse(readFileSync(DOCUMENT, 'utf8')))
  const types = await openapiTS(document, { alphabetize: true, silent: true })
  return `// Made from docs/reference/openapi.json by \`npm run client\`: not to be changed by hand.\n\n${astToString(types)}`
}

const types = await generate()
if (!process.argv.includes('--check')) {
  writeFileSync(GENERATED, types)
} else if (types !== readFileSync(GENERATED, 'utf8')) {
  console.error('src/lib/api.generated.ts is not what docs/reference/openapi.json says: npm run client')
  process.exit(1)
}
