import { AppError } from '../domain/errors.ts'
import { loadSecrets } from '../access/secrets.ts'
import type { Context } from './context.ts'
import { readTranscriptFile } from './files.ts'

/**
 * Posts a stored webhook body to the running server again, as Tavus would.
 *
 * @throws AppError `server_unreachable`, `replay_refused`
 */
export async function replayCommand(context: Context, file: string): Promise<void> {
  const { config, output } = context
  const token =
    config.TAVUS_CALLBACK_TOKEN ?? (await loadSecrets(config.TALKWRIGHT_DATA)).tavusCallbackToken
  const base = config.TALKWRIGHT_URL ?? `http://127.0.0.1:${config.PORT}`
  const body = await readTranscriptFile(file)
  const response = await fetch(`${base}/webhooks/tavus/${token}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  }).catch((cause: unknown) => {
    throw new AppError('server_unreachable', `No server answers at ${base}. Start it first.`, {
      cause,
    })
  })
  const answer = await response.text()
  if (!response.ok) throw new AppError('replay_refused', `The server refused it: ${answer}`)
  output.result(`Accepted: ${answer}`, { status: response.status, answer })
}
