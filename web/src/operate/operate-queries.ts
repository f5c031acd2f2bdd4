import { queryOptions } from '@tanstack/react-query'
import type {
  OperateErrorsView,
  OperateErrorView,
  OperateModelsView,
  OperateQueueView,
  OperateWorkersView,
  StageTrafficView,
} from '../../../src/http/operate-views.ts'
import type { DeadLetterListView, DeadLetterView } from '../../../src/http/queue-views.ts'
import { isNumber, isObject, isString, listOf, nullable, oneOf, shapeOf } from '../api/guards.ts'
import { getView } from '../api/http.ts'

const pollMs = 5_000

export const operateKey = ['operate'] as const

/** One part of what operators see, asked for again while it is looked at. */
function part<T>(name: string, path: string, guard: (value: unknown) => value is T) {
  return queryOptions({
    queryKey: [...operateKey, name],
    queryFn: ({ signal }) => getView(path, guard, signal),
    refetchInterval: pollMs,
  })
}

const isTraffic = shapeOf<StageTrafficView>({
  stage: isString,
  ready: isNumber,
  active: isNumber,
  oldestSeconds: isNumber,
  done: listOf(isNumber),
  failed: listOf(isNumber),
})

export const queueQuery = part(
  'queue',
  '/v1/operate/queue',
  shapeOf<OperateQueueView>({
    state: oneOf('ok', 'busy'),
    expectedWaitSeconds: isNumber,
    stages: listOf(isTraffic),
  }),
)

export const modelsQuery = part(
  'models',
  '/v1/operate/models',
  shapeOf<OperateModelsView>({
    models: listOf(isObject),
    today: listOf(isObject),
    month: listOf(isObject),
  }),
)

export const workersQuery = part(
  'workers',
  '/v1/operate/workers',
  shapeOf<OperateWorkersView>({
    processes: shapeOf<OperateWorkersView['processes']>({ live: isNumber, silent: isNumber }),
    atWork: isNumber,
    builders: shapeOf<OperateWorkersView['builders']>({
      all: isNumber,
      silent: isNumber,
      running: isNumber,
      waiting: isNumber,
      slots: isNumber,
    }),
    connections: isNumber,
    machine: nullable(
      shapeOf<NonNullable<OperateWorkersView['machine']>>({
        workers: listOf(isObject),
        atWork: listOf(isObject),
        builders: listOf(isObject),
      }),
    ),
  }),
)

const isError = shapeOf<OperateErrorView>({
  at: isString,
  kind: isString,
  what: isString,
  code: isString,
  message: nullable(isString),
  projectId: nullable(isString),
  trace: nullable(isString),
})

export const errorsQuery = part(
  'errors',
  '/v1/operate/errors',
  shapeOf<OperateErrorsView>({ items: listOf(isError) }),
)

const isLetter = shapeOf<DeadLetterView>({
  id: isString,
  stage: isString,
  projectId: nullable(isString),
  code: isString,
  message: isString,
  attempts: isNumber,
  createdAt: isString,
})

export const lettersQuery = part(
  'letters',
  '/v1/queue/dead-letters?limit=50',
  shapeOf<DeadLetterListView>({ items: listOf(isLetter), nextCursor: nullable(isString) }),
)
