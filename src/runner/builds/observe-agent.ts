import type { AgentObserver } from '../agents/agent-driver.ts'
import type { Run } from './run.ts'

/** What the agent tells; what goes over a limit stops the build. */
export function observerOf(run: Run): AgentObserver {
  const { watch, progress, cost, limits, log, ask, used } = run
  return {
    active: () => watch.active(),
    changed: () => progress.look(),
    spent(session, sum) {
      cost.tell(session, sum)
      // Told at once: what the next attempt may spend goes by what is on disk.
      progress.look()
      const total = cost.total()
      const isOver = limits.spend?.currency === total?.currency
      if (total && limits.spend && isOver && total.amount > limits.spend.amount) watch.stop('spend')
    },
    turn() {
      used.turns += 1
      if (used.turns > limits.turns) watch.stop('turns')
    },
    received(more) {
      used.output += more
      if (used.output > limits.outputBytes) watch.stop('output')
    },
    log,
    ask,
  }
}
