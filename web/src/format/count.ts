/** A number with its noun: `1 task`, `3 tasks`. */
export function count(value: number, singular: string, plural = `${singular}s`): string {
  return `${value} ${value === 1 ? singular : plural}`
}

/** A share from 0 to 1 as whole per cent; only a full share is shown as 100 %. */
export function percent(share: number): string {
  return share >= 1 ? '100 %' : `${Math.floor(share * 100)} %`
}
