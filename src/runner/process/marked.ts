import { readdir, readFile } from 'node:fs/promises'

/** The variable that tells the processes of one build from all others. */
export const buildMark = 'TALKWRIGHT_BUILD'

async function carries(pid: string, mark: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  return environment.split('\0').includes(mark)
}

async function marked(mark: string): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  const pids = names.filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map((pid) => carries(pid, mark)))
  return pids.filter((_, index) => found[index]).map(Number)
}

/** Looks at most this often, so that a process that forks faster than it is ended holds nobody up. */
const maxLooks = 100

/**
 * Ends every process that was started with the build's mark in its environment, wherever it hides
 * from its group: daemons that forked twice, sessions of their own. What emptied its environment is
 * not found, nor is anything on systems without `/proc`: only a sandbox holds those.
 */
export async function endMarked(buildId: string): Promise<void> {
  const mark = `${buildMark}=${buildId}`
  for (let look = 0; look < maxLooks; look += 1) {
    const pids = await marked(mark)
    if (pids.length === 0) return
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It ended by itself between the look and now.
      }
    }
  }
}
