import { randomUUID } from 'node:crypto'
import { isLast, type OrderedBuild, type Scene } from './case.ts'
import { smallOrder } from './plan.ts'
import type { Receiver } from './receiver.ts'
import { expectThat, type Target } from './target.ts'

/** The main build's first webhook is refused once, and its second one redirected once. */
function reluctant(count: number): number {
  if (count === 1) return 503
  return count === 3 ? 307 : 204
}

/** A scene in which each thing is ordered when it is first needed. */
export function makeScene(target: Target, receiver: Receiver, timeoutMs: number): Scene {
  let main: Promise<OrderedBuild> | undefined
  const begin: Scene['begin'] = async (answer) => {
    const inbox = receiver.open(answer)
    const key = randomUUID()
    const order = {
      ...(await smallOrder()),
      webhook_url: inbox.url,
      webhook_secret: inbox.secret,
      metadata: { conformance: key },
    }
    return { created: await target.create(order, key), order, key, inbox }
  }
  const scene: Scene = {
    target,
    receiver,
    timeoutMs,
    begin,
    main: () => (main ??= begin(reluctant)),
    async ended() {
      const build = await scene.main()
      const { inbox } = build
      const hasEnded = await inbox.until(
        ({ webhook, status }) => webhook !== undefined && isLast(webhook) && status < 300,
        timeoutMs,
      )
      const got = inbox.taken().length
      expectThat(
        hasEnded,
        `No webhook told the end of the build within ${Math.round(timeoutMs / 1_000)} seconds; ${got} others came.`,
      )
      return { ...build, events: inbox.taken() }
    },
  }
  return scene
}
