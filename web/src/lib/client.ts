import { api, query } from './api'
import type { components, paths } from './api.generated'

/** What the API takes and answers, under the names that its document has for it. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** The paths that know a verb. */
type PathFor<V extends Verb> = {
  [P in keyof paths]: paths[P] extends Record<V, { responses: unknown }> ? P : never
}[keyof paths]

type Parameters<Route> = Route extends { parameters: infer All }
  ? { [Place in keyof All as [All[Place]] extends [undefined] ? never : Place]: All[Place] }
  : never

type Body<Route> = Route extends { requestBody: { content: { 'application/json': infer Json } } }
  ? { body: Json }
  : Route extends { requestBody?: { content: { 'application/json': infer Json } } }
    ? { body?: Json }
    : unknown

type Ask<Route> = Parameters<Route> & Body<Route> & { signal?: AbortSignal }

type Answer<Route> = Route extends { responses: infer All }
  ? All[keyof All] extends { content: { 'application/json': infer Json } }
    ? Json
    : void
  : never

/**
 * One request as the API's document has it: `call('get', '/contacts/{id}', { path: { id } })`. A path, parameter or field
 * that is not in the document does not compile.
 */
export function call<V extends Verb, P extends PathFor<V>>(
  verb: V,
  path: P,
  ...[ask]: object extends Ask<paths[P][V]> ? [Ask<paths[P][V]>?] : [Ask<paths[P][V]>]
): Promise<Answer<paths[P][V]>> {
  const { path: names, query: asked, header, body, signal } = (ask ?? {}) as {
    path?: Record<string, string>
    query?: Record<string, string | number>
    header?: Record<string, string>
    body?: unknown
    signal?: AbortSignal
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names?.[name] ?? ''))
  return api(filled + query(asked ?? {}), { method: verb.toUpperCase(), body, headers: header, signal })
}

/** For `If-Match`: what is changed is the version that was seen. */
export const seen = ({ version }: { version: number }) => ({ 'If-Match': `"${version}"` })
