/** Resolves at a moment, when the signal is given, or when `cancel` is called. */
export function until(
  at: Date,
  signal?: AbortSignal,
): { reached: Promise<void>; cancel: () => void } {
  const { promise: reached, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, Math.max(0, at.getTime() - Date.now()))
  const onAbort = () => resolve()
  signal?.addEventListener('abort', onAbort)
  if (signal?.aborted === true) resolve()
  return {
    reached,
    cancel: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      resolve()
    },
  }
}
