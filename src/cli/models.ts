import type { Config } from '../config.ts'
import type { Log } from '../domain/log.ts'
import { createModels, type Models } from '../model/create-models.ts'

/** The language models that the settings name, in their order; none is asked before the first call. */
export function makeModels(config: Config, log: Log): Models {
  const { COMPATIBLE_BASE_URL } = config
  return createModels({
    ...config.TALKWRIGHT_MODELS,
    access: {
      ...(config.OPENAI_API_KEY !== undefined && {
        openai: { apiKey: config.OPENAI_API_KEY, baseUrl: config.OPENAI_BASE_URL },
      }),
      ...(config.ANTHROPIC_API_KEY !== undefined && {
        anthropic: { apiKey: config.ANTHROPIC_API_KEY, baseUrl: config.ANTHROPIC_BASE_URL },
      }),
      ...(COMPATIBLE_BASE_URL !== undefined && {
        compatible: { apiKey: config.COMPATIBLE_API_KEY ?? '', baseUrl: COMPATIBLE_BASE_URL },
      }),
    },
    fetch,
    clock: () => new Date(),
    log,
  })
}
