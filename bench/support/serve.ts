import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startCommand } from '../../test/support/command.ts'
import { adminKey, tavusToken } from './settings.ts'

const Ready = z.object({ event: z.literal('ready'), url: z.url(), signIn: z.url() })

/** `talkwright serve --no-runner` as an operator starts it, on this database and with these further settings. */
export async function startServe(
  url: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ port: number; signIn: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'talkwright-bench-'))
  const running = startCommand(['serve', '--no-runner', '--no-sample'], {
    DATABASE_URL: url,
    TALKWRIGHT_DATA: folder,
    PORT: '0',
    TALKWRIGHT_ADMIN_KEY: adminKey,
    TAVUS_CALLBACK_TOKEN: tavusToken,
    ...environment,
  })
  const gone = once(running.child, 'exit')
  const kill = () => running.child.kill('SIGKILL')
  // Interrupted, the bench leaves no server behind.
  process.once('exit', kill)
  const stop = async () => {
    running.child.kill('SIGTERM')
    // What it has accepted and not handled is not needed any more.
    const forced = setTimeout(kill, 3_000)
    await gone
    process.off('exit', kill)
    clearTimeout(forced)
    rmSync(folder, { recursive: true, force: true })
  }
  for await (const line of running.lines) {
    const ready = Ready.safeParse(line)
    if (ready.success) {
      const { url, signIn } = ready.data
      return { port: Number(new URL(url).port), signIn, stop }
    }
  }
  await stop()
  throw new Error(`talkwright serve did not start: ${running.stderr()}`)
}
