import { devNull } from 'node:os'
import path from 'node:path'
import { buildMark } from './marked.ts'

/** Who the runner's and the agents' commits are by. */
const identity = { name: 'Talkwright Builder', email: 'builder@talkwright.invalid' }

/**
 * The whole environment of every process that works on a build: nothing of the runner's own, so
 * that no secret of the host reaches an agent, and no configuration of the host reaches git.
 */
export function buildEnvironment(
  searchPath: string,
  home: string,
  buildId: string,
): Record<string, string> {
  return {
    PATH: [path.dirname(process.execPath), searchPath].filter(Boolean).join(path.delimiter),
    [buildMark]: buildId,
    HOME: home,
    TMPDIR: home,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    // What an agent may say in place of a commit or of its parents never leaves its repository.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: devNull,
    GIT_AUTHOR_NAME: identity.name,
    GIT_AUTHOR_EMAIL: identity.email,
    GIT_COMMITTER_NAME: identity.name,
    GIT_COMMITTER_EMAIL: identity.email,
    npm_config_update_notifier: 'false',
    npm_config_logs_max: '0',
  }
}
