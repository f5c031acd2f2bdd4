import { unzipSync } from 'fflate'
import { z } from 'zod'
import { BuildLogLine, RunnerLoad } from '../../src/domain/build.ts'
import { NotApplicable, type Case, type Scene } from '../case.ts'
import { bodyOf, expectProblem, expectThat } from '../target.ts'

const LogPage = z.object({ items: z.array(BuildLogLine), next: z.number().nullable() })

async function artifact(scene: Scene, format: 'zip' | 'bundle'): Promise<Uint8Array> {
  const { created } = await scene.ended()
  const path = `/v1/builds/${created.build_id}/artifact?format=${format}`
  const answer = await scene.target.call(path)
  expectThat(answer.ok, `GET ${path} answers ${answer.status}.`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** What can be read of a build. */
export const resultCases: readonly Case[] = [
  {
    name: 'shows how the build ended',
    async run(scene) {
      const { created, events } = await scene.ended()
      const status = await scene.target.status(created.build_id)
      const end = events.at(-1)?.type ?? ''
      expectThat(
        end === `build.${status.state}`,
        `The last webhook is ${end}, and the status is ${status.state}.`,
      )
      expectThat(
        status.sequence === events.length,
        `The status says sequence ${status.sequence}, and ${events.length} webhooks came.`,
      )
    },
  },
  {
    name: 'serves its events after a sequence',
    async run(scene) {
      const { created, events } = await scene.ended()
      const id = created.build_id
      const all = await scene.target.events(id, '?after=0')
      const said = (list: readonly unknown[]) => JSON.stringify(list)
      expectThat(
        said(all) === said(events.slice(0, all.length)) && all.length > 0,
        'GET events?after=0 gives other events than the webhooks.',
      )
      const middle = Math.floor(events.length / 2)
      const rest = await scene.target.events(id, `?after=${middle}&limit=1`)
      expectThat(
        said(rest) === said(events.slice(middle, middle + 1)),
        `GET events?after=${middle}&limit=1 does not give event ${middle + 1} alone.`,
      )
      const none = await scene.target.events(id, `?after=${events.length}`)
      expectThat(none.length === 0, 'There are events after the last one.')
    },
  },
  {
    name: 'serves its log by kind, in pages and as text',
    async run(scene) {
      const { created, events } = await scene.ended()
      const path = `/v1/builds/${created.build_id}/log`
      const said = events.flatMap(({ data: { event, sequence } }) =>
        event.type === 'build.log' ? [{ sequence, kind: event.kind }] : [],
      )
      const read = async (query: string) =>
        bodyOf(`GET ${path}`, await scene.target.call(path + query), LogPage)
      const first = await read('?limit=1')
      expectThat(first.items.length === Math.min(1, said.length), 'A page of one line has not one.')
      for (const kind of new Set(said.map((line) => line.kind))) {
        const { items } = await read(`?kind=${kind}&limit=1000`)
        const wanted = said.filter((line) => line.kind === kind).slice(0, 1_000)
        const got = items.map(({ sequence }) => sequence).join()
        expectThat(
          got === wanted.map(({ sequence }) => sequence).join(),
          `The log of kind ${kind} is not what the build.log webhooks of that kind said.`,
        )
      }
      const text = await scene.target.call(`${path}.txt`)
      const type = text.headers.get('content-type') ?? ''
      await text.body?.cancel()
      expectThat(text.ok && type.startsWith('text/plain'), `GET ${path}.txt gives no plain text.`)
    },
  },
  {
    name: 'serves the workspace as a zip',
    async run(scene) {
      let names: string[] = []
      try {
        names = Object.keys(unzipSync(await artifact(scene, 'zip')))
      } catch (error) {
        expectThat(!(error instanceof Error && 'code' in error), 'The artifact is no zip file.')
        throw error
      }
      const plan = '.kiro/specs/greeter/tasks.md'
      expectThat(names.includes(plan), `The zip does not hold ${plan}.`)
      const inside = names.find((name) => name.startsWith('.git/'))
      expectThat(
        inside === undefined,
        'The zip holds .git, whose settings an agent may have written.',
      )
    },
  },
  {
    name: 'serves the repository as a git bundle',
    async run(scene) {
      const bytes = await artifact(scene, 'bundle')
      const head = Buffer.from(bytes.subarray(0, 20)).toString('latin1')
      expectThat(/^# v[23] git bundle\n/.test(head), 'The artifact is no git bundle.')
    },
  },
  {
    name: 'says how busy it is',
    async run({ target }) {
      const answer = await target.call('/v1/runner')
      if (answer.status === 404) {
        await answer.body?.cancel()
        throw new NotApplicable('It does not tell, so it counts as full among several builders.')
      }
      await bodyOf('GET /v1/runner', answer, RunnerLoad)
    },
  },
  {
    name: 'refuses an answer to a question that is not open',
    async run(scene) {
      const { created } = await scene.ended()
      const answer = await scene.target.call(`/v1/builds/${created.build_id}/answer`, {
        method: 'POST',
        body: JSON.stringify({ input_id: 'none', option: 'none' }),
        headers: { 'content-type': 'application/json' },
      })
      await expectProblem('An answer to no question', answer, [404, 409, 422])
    },
  },
]
