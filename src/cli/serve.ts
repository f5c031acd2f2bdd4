import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../domain/errors.ts'
import { prepareSample } from '../pipeline/sample.ts'
import { hasNoProjects } from '../store/projects.ts'
import type { Context } from './context.ts'
import { buildsFolder } from './files.ts'
import { makersSentence } from './makers.ts'
import { makeProjectShow } from './show-projects.ts'
import { startSystem, type System } from './system.ts'

export interface ServeOptions {
  /** Whether an empty database gets the bundled sample. */
  sample: boolean
  /** Whether to start the built-in build runner. */
  runner: boolean
}

/** Posts the sample's webhook bodies, in order, through the endpoint that Tavus would call. */
async function feedSample(context: Context, system: System): Promise<void> {
  await prepareSample(system.pipeline, system.workspaceId)
  const endpoint = `${system.localUrl}/webhooks/tavus/${system.secrets.tavusCallbackToken}`
  const names = (await readdir(context.samplesFolder)).filter((name) => name.endsWith('.json'))
  for (const name of names.sort()) {
    const body = await readFile(join(context.samplesFolder, name), 'utf8')
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(endpoint, { method: 'POST', headers, body })
    if (!response.ok) {
      throw new AppError('sample_refused', `The sample was refused: ${await response.text()}`)
    }
  }
}

/** API, page, worker and build runner in one go, until a signal comes. */
export async function serveCommand(context: Context, options: ServeOptions): Promise<void> {
  const { config, output } = context
  const show = makeProjectShow(context)
  const system = await startSystem({
    ...context,
    storage: 'folder',
    slots: config.TALKWRIGHT_SLOTS,
    ...(options.runner && { buildsFolder: buildsFolder(config) }),
    onFirstStart: () =>
      output.say('Preparing the embedded database; the first start takes a few seconds …'),
    onCommitted: show.arrived,
  })
  try {
    show.begin(system)
    const signIn = await system.signInUrl()
    output.result(`Talkwright is ready at ${system.url}\nSign in once with ${signIn}`, {
      event: 'ready',
      url: system.url,
      signIn,
    })
    output.say(
      `Tavus callback URL: ${system.url}/webhooks/tavus/${system.secrets.tavusCallbackToken}`,
    )
    output.say(makersSentence(config.TALKWRIGHT_MODELS))
    if (
      options.sample &&
      config.DATABASE_URL === undefined &&
      (await hasNoProjects(system.database.db))
    ) {
      output.say('The database is empty: feeding the bundled sample conversation.')
      await feedSample(context, system)
    }
    if (!context.stopped.aborted) await once(context.stopped, 'abort')
    output.say('Stopping …')
  } finally {
    await system.stop()
  }
}
