import { BuildWebhook, type BuildStatus } from '../../domain/build.ts'
import { conflict, type AppError } from '../../domain/errors.ts'
import { buildEnvironment } from '../process/environment.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { zipWorkspace } from '../workspace/artifact.ts'
import { bundleRepository } from '../workspace/bundle.ts'
import type { Secret } from '../process/secrets.ts'
import { findSecret, type FoundSecret } from '../workspace/find-secrets.ts'
import { gitIn } from '../workspace/git.ts'
import { isSettled } from './build-status.ts'
import type { LiveBuilds } from './live-builds.ts'
import { type BuildLogPage, type LogQuery, readLog } from './read-log.ts'

/** What can be asked of a build; each throws `not_found` for one that is not known. */
export interface BuildReader {
  status(id: string): Promise<BuildStatus>
  events(id: string, after: number, limit: number): Promise<BuildWebhook[]>
  log(id: string, query: LogQuery): Promise<BuildLogPage>
  /** The workspace of a settled build, zipped, or its repository as a git bundle. */
  artifact(id: string, format: 'zip' | 'bundle'): Promise<ReadableStream<Uint8Array>>
}

export interface ReaderOptions {
  builds: LiveBuilds
  sandbox: Sandbox
  /** What an artifact must not hold. */
  secrets: readonly Secret[]
  /** Search path for git. */
  path: string
}

function withheld({ name, place }: FoundSecret): AppError {
  const message = `The value of ${name} stands in ${place}, so the work is not handed out. It lies in the build's folder.`
  return conflict('artifact_withheld', message)
}

/** Reads builds where they lie on disk. */
export function readBuilds({ builds, sandbox, path, secrets }: ReaderOptions): BuildReader {
  return {
    status: async (id) => (await builds.get(id)).build.status(),
    async events(id, after, limit) {
      const { build } = await builds.get(id)
      const lines = await build.log.read(after + 1, after + limit)
      return lines.map((line) => BuildWebhook.parse(JSON.parse(line)))
    },
    log: async (id, query) => readLog((await builds.get(id)).build.log, query),
    async artifact(id, format) {
      const { build } = await builds.get(id)
      const { order, folder } = build
      if (!isSettled(build.status().state)) {
        throw conflict('build_not_settled', 'The build still runs: download it when it has ended.')
      }
      const { workspace } = folder
      const env = buildEnvironment(path, folder.home, order.build_id)
      const start = sandbox.inside(folder)
      const leak = await findSecret({ workspace, env, start, secrets })
      if (leak) throw withheld(leak)
      if (format === 'zip') return zipWorkspace(workspace)
      return bundleRepository(folder, gitIn(workspace, env, start))
    },
  }
}
