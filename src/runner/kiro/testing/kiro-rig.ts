import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { BuildStatus, BuildWebhook } from '../../../domain/build.ts'
import type { RunnerConfig } from '../../main.ts'
import type { KiroSettings } from '../../options.ts'
import { ownFiles, type Rig, startRig } from '../../testing/rig.ts'
import { readNotes } from './player-world.ts'

const player = fileURLToPath(new URL('./kiro-player.ts', import.meta.url))

export interface KiroRigOptions {
  /** A scene by its name, or the path of a recording. */
  scene: string
  value?: string
  kiro?: Partial<KiroSettings>
  config?: Partial<RunnerConfig>
}

/** A runner whose builder is a player of Kiro. */
export function startKiroRig({ scene, value = '', kiro, config }: KiroRigOptions): Promise<Rig> {
  return startRig({
    script: '',
    config: {
      agent: {
        name: 'kiro',
        command: process.execPath,
        args: [player, scene, value],
        env: { KIRO_API_KEY: 'ksk_s3cret-value' },
        readable: [...ownFiles, scene],
        mode: 'kiro',
        kiro: { initMs: 55_000, ...kiro },
      },
      ...config,
    },
  })
}

/** A build that has ended, and what Kiro saw of it. */
export interface KiroBuild {
  last: BuildWebhook
  status: BuildStatus
  /** The arguments of each start of kiro-cli. */
  launches: string[][]
  environment: Record<string, string>
  /** The parameters of each call of this method, by the end of its name. */
  calls: (method: string) => unknown[]
  /** What the runner answered to Kiro's own requests. */
  answers: unknown[]
}

const Call = z.object({ method: z.string(), params: z.unknown() })
const Answer = z.union([
  z.object({ id: z.number(), result: z.unknown() }).transform(({ result }) => result),
  z.object({ id: z.number(), error: z.unknown() }).transform(({ error }) => error),
])

/** Orders the demo build and waits for its end. */
export async function buildWith(
  rig: Rig,
  change: Parameters<Rig['build']>[0] = {},
): Promise<KiroBuild> {
  const { id, last } = await rig.build(change)
  const status = await rig.status(id)
  const notes = readNotes(status.folder ?? '')
  const launched = notes.flatMap((note) => ('launched' in note ? [note] : []))
  const heard = notes.flatMap((note) => ('heard' in note ? [note.heard] : []))
  return {
    last,
    status,
    launches: launched.map((note) => note.launched),
    environment: launched[0]?.environment ?? {},
    calls: (method) =>
      heard.flatMap((message) => {
        const call = Call.safeParse(message).data
        return call?.method.endsWith(method) ? [call.params] : []
      }),
    answers: heard.flatMap((message) => {
      const answer = Answer.safeParse(message)
      return message.method === undefined && answer.success ? [answer.data] : []
    }),
  }
}
