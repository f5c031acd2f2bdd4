/** A coding agent that speaks ACP, as its makers say how it is started. */
export interface AgentPreset {
  command: string
  args: readonly string[]
  /** Names of its keys: one of them has to stand in its environment. */
  keys: readonly string[]
  /** Where its own model answers; an agent with a choice of models has none of its own. */
  hosts: readonly string[]
  /** How its program comes onto the search path. */
  install: string
}

const npm = (name: string) => `npm install --global ${name}`

/**
 * From the list of agents of the Agent Client Protocol (https://agentclientprotocol.com) and from the
 * packages themselves, as of November 2026.
 */
export const agentPresets: Readonly<Record<string, AgentPreset>> = {
  claude: {
    command: 'claude-agent-acp',
    args: [],
    keys: ['ANTHROPIC_API_KEY'],
    hosts: ['api.anthropic.com'],
    install: npm('@agentclientprotocol/claude-agent-acp@0.101.0'),
  },
  codex: {
    command: 'codex-acp',
    args: [],
    keys: ['OPENAI_API_KEY', 'CODEX_API_KEY'],
    hosts: ['api.openai.com'],
    install: npm('@agentclientprotocol/codex-acp@2.6.0'),
  },
  gemini: {
    command: 'gemini',
    args: ['--experimental-acp'],
    keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    hosts: ['generativelanguage.googleapis.com'],
    install: npm('@google/gemini-cli@0.61.0'),
  },
  opencode: {
    command: 'opencode',
    args: ['acp'],
    keys: [],
    hosts: [],
    install: npm('opencode-ai@1.18.33'),
  },
  goose: {
    command: 'goose',
    args: ['acp'],
    keys: [],
    hosts: [],
    install: 'https://block.github.io/goose',
  },
  copilot: {
    command: 'copilot-language-server',
    args: ['--acp'],
    keys: ['GH_TOKEN', 'GITHUB_TOKEN'],
    hosts: ['api.github.com', 'api.githubcopilot.com', '*.githubcopilot.com'],
    install: npm('@github/copilot-language-server@1.539.0'),
  },
  cursor: {
    command: 'cursor-agent',
    args: ['acp'],
    keys: ['CURSOR_API_KEY'],
    hosts: ['*.cursor.sh'],
    install: 'https://cursor.com/cli',
  },
  droid: {
    command: 'droid',
    args: ['exec', '--output-format', 'acp'],
    keys: ['FACTORY_API_KEY'],
    hosts: ['*.factory.ai'],
    install: 'https://docs.factory.ai/cli',
  },
  qwen: {
    command: 'qwen',
    args: ['--acp'],
    keys: ['DASHSCOPE_API_KEY', 'OPENAI_API_KEY'],
    hosts: ['dashscope.aliyuncs.com', 'dashscope-intl.aliyuncs.com'],
    install: npm('@qwen-code/qwen-code@0.24.4'),
  },
  kimi: {
    command: 'kimi',
    args: ['acp'],
    keys: ['KIMI_API_KEY', 'MOONSHOT_API_KEY'],
    hosts: ['api.moonshot.ai', 'api.kimi.com'],
    install: 'https://github.com/MoonshotAI/kimi-cli',
  },
}

/** The preset of this name, if there is one. */
export function findPreset(name: string): AgentPreset | undefined {
  return Object.hasOwn(agentPresets, name) ? agentPresets[name] : undefined
}
