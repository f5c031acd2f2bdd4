import { BuildStatus } from '../../src/domain/build.ts'
import { isLast, NotApplicable, type Case } from '../case.ts'
import { bodyOf, expectThat } from '../target.ts'

/** Ending builds. */
export const stopCases: readonly Case[] = [
  {
    name: 'cancels a build and tells it',
    async run(scene) {
      const { created, inbox } = await scene.begin()
      const path = `/v1/builds/${created.build_id}/cancel`
      const cancel = async () =>
        bodyOf(`POST ${path}`, await scene.target.call(path, { method: 'POST' }), BuildStatus)
      await cancel()
      const isOver = await inbox.until(
        ({ webhook }) => webhook !== undefined && isLast(webhook),
        scene.timeoutMs,
      )
      expectThat(isOver, 'No webhook told that the cancelled build is over.')
      const end = inbox.taken().find(isLast)
      if (end?.type !== 'build.cancelled') {
        throw new NotApplicable(`It had ended before it was cancelled: ${end?.type ?? ''}.`)
      }
      const { state } = await scene.target.status(created.build_id)
      expectThat(state === 'cancelled', `The status of the cancelled build is ${state}.`)
      const again = await cancel()
      expectThat(again.state === 'cancelled', 'Cancelling it again changes it.')
    },
  },
  {
    name: 'leaves an ended build as it is when it is cancelled',
    async run(scene) {
      const { created } = await scene.ended()
      const before = await scene.target.status(created.build_id)
      const path = `/v1/builds/${created.build_id}/cancel`
      const answer = await scene.target.call(path, { method: 'POST' })
      const after = await bodyOf(`POST ${path}`, answer, BuildStatus)
      expectThat(
        after.state === before.state && after.sequence === before.sequence,
        'Cancelling a build that has ended changes it.',
      )
    },
  },
]
