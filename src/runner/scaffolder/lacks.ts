const LACKS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:e-?mail|emails|newsletter)\b/i,
    'it needs a mail server, and the built-in builder has no address or account for one.',
  ],
  [
    /\b(?:sms|text message|push|notification|notify|reminder|remind|alert)s?\b/i,
    'it needs a service that reaches people, and none is configured.',
  ],
  [
    /\b(?:sync|syncs|synchroni[sz]e|calendar|import|integrat\w{1,8})\b/i,
    'it needs an account at another system, which a build without a network cannot use.',
  ],
  [
    /\b(?:payment|pay|invoice|credit card)s?\b/i,
    'it needs a payment provider, and none is configured.',
  ],
  [
    /\b(?:who is not|log ?in|sign ?in|password|permission|role)s?\b/i,
    'it needs users who sign in, and the built-in builder makes no accounts.',
  ],
  [
    /\b(?:in|within|than|under|most) \w{1,12} (?:milli)?(?:seconds?|minutes?)\b|\b(?:easy|fast|quick|nice|simple)\b|\bon a (?:phone|mobile|tablet)\b/i,
    'it has to be measured on a device or judged by people, which no test over HTTP can do.',
  ],
]

/** What the built-in builder lacks for a criterion that it does not understand. */
export function lackOf(text: string): string {
  const lack = LACKS.find(([words]) => words.test(text.slice(0, 1_000)))?.[1]
  return (
    lack ??
    'it asks for more than the built-in builder understands; another agent or a person has to do it.'
  )
}
