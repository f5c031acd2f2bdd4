import type { AnswerBuild } from '../domain/build.ts'
import { AppError, conflict, notFound } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { audit } from '../store/audit.ts'
import { lockBuild } from '../store/builds.ts'
import type { PipelineDeps } from './deps.ts'
import { withProject } from './project-log.ts'

const closed = () =>
  conflict('question_closed', 'This question is not open: it was answered, or its time is over.')

/**
 * Hands a person's answer to the builder. Who answered what is on the record before the builder
 * hears of it; that it was taken is told by the builder's own event.
 *
 * @throws AppError `question_closed`, `not_found`, and what the builder refuses
 */
export async function answerBuild(
  deps: PipelineDeps,
  principal: Principal,
  target: { projectId: string; buildId: string },
  answer: AnswerBuild,
): Promise<void> {
  const { projectId, buildId } = target
  const there = await withProject(deps, projectId, async (tx, project) => {
    const build = await lockBuild(tx, buildId)
    if (build?.project_id !== projectId) throw notFound('build')
    const question = build.questions.find(({ input_id: id }) => id === answer.input_id)
    if (question === undefined || build.external_id === null) throw closed()
    await audit(tx, {
      id: deps.id(),
      workspaceId: project.workspace_id,
      actor: principal.userId,
      action: 'build.answer',
      target: projectId,
      details: { build: buildId, question: question.question, answer: answer.option ?? 'a text' },
    })
    return { id: build.external_id, builder: build.builder }
  })
  try {
    await deps.builders.at(there.builder).answer(there.id, answer)
  } catch (thrown) {
    const isClosed = thrown instanceof AppError && thrown.details['code'] === 'question_closed'
    throw isClosed ? closed() : thrown
  }
}
