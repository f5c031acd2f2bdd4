import { expect, it } from 'vitest'
import { Backoff } from './backoff.ts'

it('waits no longer once it is told that the network is there again', async () => {
  const backoff = new Backoff(() => 1)
  // As after many tries that went wrong, each without a wait.
  for (let tries = 0; tries < 10; tries += 1) await backoff.wait(AbortSignal.abort())
  const waited = backoff.wait(new AbortController().signal)
  backoff.hurry()
  await expect(waited).resolves.toBeUndefined()
})
