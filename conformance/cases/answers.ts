import type { Case } from '../case.ts'
import { expectProblem } from '../target.ts'

const post = (body: object): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})

/** Answers to questions; that a builder asks one cannot be brought about from the outside. */
export const answerCases: readonly Case[] = [
  {
    name: 'takes no answer to what it did not ask',
    async run(scene) {
      const answer = { input_id: 'inp_that_was_never_asked', option: 'allow' }
      const unknown = await scene.target.call('/v1/builds/none/answer', post(answer))
      await expectProblem('An answer to a build that it does not know', unknown, [404])
      const { created } = await scene.ended()
      const path = `/v1/builds/${created.build_id}/answer`
      const unasked = await scene.target.call(path, post(answer))
      await expectProblem('An answer to no question', unasked, [404, 409, 422])
      const empty = await scene.target.call(path, post({ input_id: answer.input_id }))
      await expectProblem('An answer without an option and a text', empty, [400, 404, 409, 422])
    },
  },
]
