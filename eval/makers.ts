import { AppError } from '../src/domain/errors.ts'
import { makeContext } from '../src/cli/context.ts'
import { createMakers, type Makers } from '../src/cli/makers.ts'
import { makeModels } from '../src/cli/models.ts'

/**
 * The analyst and the planner that are measured, behind the product's own checks: the offline ones,
 * or the chain of models of the settings and nothing behind it.
 *
 * @throws AppError `no_model` when models are asked for and the settings name none
 */
export function chooseMakers(withModels: boolean): Makers {
  const { config, log, version } = makeContext(false)
  const models = makeModels(config, log)
  if (!withModels)
    return createMakers({ models: { ...models, model: undefined, offline: true }, version, log })
  if (models.model === undefined)
    throw new AppError(
      'no_model',
      'The settings name no language model. Set OPENAI_API_KEY, ANTHROPIC_API_KEY or COMPATIBLE_BASE_URL and TALKWRIGHT_MODELS, as the README says.',
    )
  return createMakers({ models: { ...models, offline: false }, version, log })
}
