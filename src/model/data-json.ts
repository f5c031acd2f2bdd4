/**
 * Data for a model as JSON in which nothing can pose as structure around it: angle brackets, line
 * ends and whatever is not printable stand escaped, and each value keeps its place.
 */
export function dataJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>\u007f-\u009f\u2028\u2029`]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
