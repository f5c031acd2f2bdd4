const clockTime = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?$/

/** `1:02:03`, `02:03`, `00:02:03.450` or `00:02:03,450` as seconds; undefined for anything else. */
export function clockSeconds(text: string): number | undefined {
  const parts = clockTime.exec(text)
  if (parts === null) return undefined
  const [, hours = '0', minutes, seconds, fraction = '0'] = parts
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction}`)
}

const stampAhead =
  /^(?:\[([\d:.,]{4,13})(?: ?(?:-|–|-->) ?[\d:.,]{4,13})?\]|\(([\d:.,]{4,13})\)|([\d:.,]{4,13}))(?=\s)/

/** A time at the start of a line (`[0:01:17]`, `[0:03 - 0:24]`, `(1:17)`, `1:17`) and what follows. */
export function takeStamp(line: string): { start?: number; rest: string } {
  const found = stampAhead.exec(line)
  if (found === null) return { rest: line }
  const start = clockSeconds(found[1] ?? found[2] ?? found[3] ?? '')
  return start === undefined ? { rest: line } : { start, rest: line.slice(found[0].length).trim() }
}
