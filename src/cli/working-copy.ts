import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { AppError, hasCode } from '../domain/errors.ts'
import { PlanFile, PlanHash } from '../domain/plan.ts'
import { type Edit, editableDocuments } from '../planning/edit-plan.ts'

/** What a folder remembers of the plan that was written into it. */
const Marker = z.object({
  project: z.uuid(),
  version: z.number(),
  planHash: PlanHash,
  /** The folder of the spec: `.kiro/specs/…`. */
  spec: PlanFile.shape.path,
})
export type Marker = z.infer<typeof Marker>

const markerName = '.talkwright.json'

/** @throws AppError `not_pulled` when no plan was written into the folder. */
export async function readMarker(folder: string): Promise<Marker> {
  const path = join(resolve(folder), markerName)
  try {
    return Marker.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    const message = `${folder} holds no plan of a server. \`talkwright project pull\` writes one there.`
    throw new AppError('not_pulled', message, { cause })
  }
}

export async function writeMarker(folder: string, marker: Marker): Promise<void> {
  const text = `${JSON.stringify(marker, null, 2)}\n`
  await writeFile(join(resolve(folder), markerName), text)
}

/** Writes files below a folder. @throws AppError `out_not_writable` */
export async function writeFiles(
  folder: string,
  files: readonly { path: string; content: string }[],
): Promise<void> {
  const root = resolve(folder)
  for (const { path, content } of files) {
    const target = resolve(root, path)
    // A server that is not ours may name any path.
    if (relative(root, target).startsWith('..')) {
      throw new AppError('bad_path', `The server names a file outside of the folder: ${path}`)
    }
    try {
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, content)
    } catch (cause) {
      const message = `${target} cannot be written. Check that --out names a folder of yours.`
      throw new AppError('out_not_writable', message, { cause })
    }
  }
}

/** The documents of a working copy that a person may have changed. */
export async function readDocuments(folder: string, { spec }: Marker): Promise<Edit> {
  const documents: Partial<Record<keyof Edit, string>> = {}
  for (const name of editableDocuments) {
    const path = join(resolve(folder), spec, name)
    const content = await readFile(path, 'utf8').catch((cause: unknown) => {
      if (hasCode(cause, 'ENOENT')) return undefined
      throw new AppError('file_unreadable', `${path} cannot be read.`, { cause })
    })
    if (content !== undefined) documents[name] = content
  }
  return documents
}
