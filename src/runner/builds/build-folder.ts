import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { writeDurable } from './atomic-file.ts'
import { BuildOrder } from './order.ts'

/** Where a build keeps its things. */
export interface BuildFolder {
  root: string
  /** The order, written last: a folder without it was never accepted. */
  order: string
  events: string
  /** What only the runner may read, sealed. */
  secrets: string
  /** How far the webhooks have got. */
  delivery: string
  /** The last commit that the runner itself made. */
  kept: string
  /** What the agent has taken of its limits. */
  used: string
  /** There when the build was cancelled. */
  cancelled: string
  /** HOME of everything that works on the build. */
  home: string
  workspace: string
  /** The build's own `/tmp`. */
  tmp: string
}

/** The paths of a build's folder. */
export function buildFolder(root: string): BuildFolder {
  return {
    root,
    order: path.join(root, 'build.json'),
    events: path.join(root, 'events.jsonl'),
    secrets: path.join(root, 'secrets.jwe'),
    delivery: path.join(root, 'delivery.json'),
    kept: path.join(root, 'kept'),
    used: path.join(root, 'used.json'),
    cancelled: path.join(root, 'cancelled'),
    home: path.join(root, 'home'),
    workspace: path.join(root, 'workspace'),
    tmp: path.join(root, 'tmp'),
  }
}

/** A folder name from a project's name: letters, digits and dashes, never empty. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const slug = plain.replaceAll(/[^a-z0-9]+/g, '-').slice(0, 40)
  return slug.replaceAll(/^-|-$/g, '') || 'project'
}

/** Makes the empty folder of a new build: `<slug>-<last 8 characters of the id>`. */
export async function makeBuildFolder(
  root: string,
  name: string,
  buildId: string,
): Promise<BuildFolder> {
  const folder = buildFolder(path.join(root, `${slugOf(name)}-${buildId.slice(-8)}`))
  await mkdir(folder.root)
  await mkdir(folder.home)
  await mkdir(folder.workspace)
  await mkdir(folder.tmp)
  await writeFile(folder.events, '', { flag: 'wx' })
  return folder
}

/** Accepts the build: from here on it is found after a restart. */
export function writeOrder(folder: BuildFolder, order: BuildOrder): Promise<void> {
  return writeDurable(folder.order, `${JSON.stringify(order, undefined, 2)}\n`)
}

/** Every accepted build below the root; `damaged` hears of those whose order cannot be read. */
export async function findBuilds(
  root: string,
  damaged: (folder: string, error: unknown) => void,
): Promise<{ order: BuildOrder; folder: BuildFolder }[]> {
  const found: { order: BuildOrder; folder: BuildFolder }[] = []
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const folder = buildFolder(path.join(root, entry.name))
    try {
      const text = await readFile(folder.order, 'utf8')
      found.push({ order: BuildOrder.parse(JSON.parse(text)), folder })
    } catch (error) {
      if (!isMissing(error)) damaged(folder.root, error)
    }
  }
  return found.sort((a, b) => (a.order.created_at < b.order.created_at ? -1 : 1))
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
