// Builds web/ with npm and puts the result where the jar's static files are. Maven runs it before compiling
// (-Dweb.skip=true leaves it out). Written for Node, which it needs anyway, so that it runs on every system.
// Usage: node scripts/build-web.mjs FOLDER-FOR-THE-RESULT
//
// What did not change is not done again: packages stay while package-lock.json does, and web/dist stays while
// nothing under web/ changed. Each keeps the hash of what it was made from beside it.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const LEAST_NODE = 20
// Folders and files under web/ that are results, not sources.
const RESULTS = new Set(['node_modules', 'dist', 'test-results', 'coverage', 'playwright-report', '.vite', '.DS_Store'])
const HASH = '.build-hash'

const web = join(dirname(dirname(fileURLToPath(import.meta.url))), 'web')
const packages = join(web, 'node_modules')
const built = join(web, 'dist')

function fail(why) {
  console.error(`web: ${why}`)
  process.exit(1)
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !RESULTS.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/** Another Node may want other binaries in node_modules, so it counts as a change. */
function hashOf(paths) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`)
  for (const path of paths.sort()) {
    const content = readFileSync(path)
    hash.update(`\n${relative(web, path)} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

function isMadeFrom(result, hash) {
  const file = join(result, HASH)
  return existsSync(file) && readFileSync(file, 'utf8') === hash
}

function npm(...args) {
  console.log(`web: npm ${args.join(' ')}`)
  const windows = process.platform === 'win32' // where npm is a script that only a shell can run
  const { status, error } = spawnSync('npm', args, { cwd: web, stdio: 'inherit', shell: windows })
  if (error?.code === 'ENOENT') fail('npm was not found: install Node with npm, or leave the web app out with -Dweb.skip=true')
  if (status !== 0) fail(`npm ${args.join(' ')} failed`)
}

if (process.argv.length !== 3) fail('usage: node scripts/build-web.mjs FOLDER-FOR-THE-RESULT')
const target = resolve(process.argv[2])

if (!existsSync(join(web, 'package.json'))) {
  console.log('web: there is no web/package.json, so the web app is left out')
  process.exit(0)
}
if (Number(process.versions.node.split('.')[0]) < LEAST_NODE)
  fail(`Node ${LEAST_NODE} or newer is needed, this is ${process.versions.node}`)

const lock = join(web, 'package-lock.json')
if (!existsSync(lock)) fail('web/package-lock.json is missing: run npm install in web/ and commit it')
const locked = hashOf([lock])
if (!isMadeFrom(packages, locked)) {
  npm('ci', '--include=dev', '--no-audit', '--no-fund')
  writeFileSync(join(packages, HASH), locked)
}

const sources = hashOf(files(web))
if (isMadeFrom(built, sources)) {
  console.log('web: nothing changed')
} else {
  rmSync(built, { recursive: true, force: true }) // a build that fails half-way must not look finished
  npm('run', 'build')
  if (!existsSync(join(built, 'index.html'))) fail('npm run build made no web/dist/index.html')
  writeFileSync(join(built, HASH), sources)
}

// Emptied first: the names of assets hold their hash, so old ones would pile up in the jar.
rmSync(target, { recursive: true, force: true })
cpSync(built, target, { recursive: true, filter: (path) => basename(path) !== HASH })
