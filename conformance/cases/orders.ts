import { BuildCreated } from '../../src/domain/build.ts'
import type { Case, OrderedBuild, Scene } from '../case.ts'
import { bodyOf, expectProblem, expectThat, type Target } from '../target.ts'

async function expectSame(target: Target, build: OrderedBuild, when: string): Promise<void> {
  const answers = await Promise.all([1, 2, 3].map(() => target.order(build.order, build.key)))
  for (const answer of answers) {
    const again = await bodyOf(`A repeated order ${when}`, answer, BuildCreated)
    expectThat(
      again.build_id === build.created.build_id && again.project_id === build.created.project_id,
      `A repeated order ${when} made another build: the same Idempotency-Key has to give the first answer.`,
    )
  }
}

/** Taking orders, each once. */
export const orderCases: readonly Case[] = [
  {
    name: 'takes an order and shows the build',
    async run(scene: Scene) {
      const { created, order } = await scene.main()
      const status = await scene.target.status(created.build_id)
      expectThat(
        status.build_id === created.build_id && status.project_id === created.project_id,
        'The status names other ids than the answer to the order.',
      )
      expectThat(status.plan_hash === order.plan_hash, 'The status names another plan_hash.')
      const ids = status.tasks.map(({ id }) => id).join(', ')
      expectThat(ids === '1, 2', `The status has the tasks ${ids || '(none)'} instead of 1, 2.`)
    },
  },
  {
    name: 'starts one build for each Idempotency-Key',
    async run(scene: Scene) {
      const build = await scene.main()
      await expectSame(scene.target, build, 'at once')
      const other = { ...build.order, name: 'Another name' }
      const answer = await scene.target.order(other, build.key)
      await expectProblem('Another order under a used Idempotency-Key', answer, [409, 422])
    },
  },
  {
    name: 'remembers Idempotency-Keys when the build has ended',
    async run(scene: Scene) {
      await expectSame(scene.target, await scene.ended(), 'after the end')
    },
  },
]
