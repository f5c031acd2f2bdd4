import type { Sentence } from './sentences.ts'

const fault =
  /\b(?:bugs?|bug report|broken|defects?|crash(?:es|ed|ing)?|error(?: messages?)?|malfunctions?|not working|(?:does|do)(?:n't| not) work|stopped working|wrong with|go(?:es)? wrong|(?:be |get |have )(?:it )?(?:fixed|mended|repaired)|to fix|play(?:s|ing)? (?:tricks|up)|act(?:s|ing) up|go(?:es|ing)? haywire|mess(?:es|ed|ing) (?:up|things up)|mix(?:es|ed|ing) (?:up|things up)|stopped (?:doing|sending|showing|printing)|since the (?:last )?(?:update|upgrade|new version)|(?:something|what|what exactly) (?:is|was|went) wrong)\b/i
const unease = '(?:problems?|issues?|trouble|annoy\\w{0,5}|complain\\w{0,5}|reported)'
const part =
  '(?:apps?|applications?|sites?|websites?|systems?|tools?|platform|portal|software|shop|page|pages|export|import|file|list|report|screen|form|button|calendar|timetable|invoices?|emails?|search|login|map|printout|display|screen|printer|counter|display)'
const ofProduct = new RegExp(
  `\\b${unease}\\b[^.?!]{0,60}\\b${part}\\b|\\b${part}\\b[^.?!]{0,60}\\b${unease}\\b`,
  'i',
)
/** `our inventory tool exports …`: told of what is there. */
const ownPart = new RegExp(
  `\\b(?:our|my)\\s(?:[\\w-]{1,30}\\s){0,3}(?:app|application|site|website|system|tool|platform|portal|software|web ?shop|online shop|shop|calendar|form|program)\\s(?:[a-z]{2,20}s|does|has|only)\\b`,
  'i',
)

/** Whether the agent asks about a defect of a product. */
export function asksOfTrouble(agent: readonly Sentence[]): boolean {
  return agent.some(({ quote }) => fault.test(quote) || ofProduct.test(quote))
}

const asksFault =
  /\bwhat(?:'s| exactly is| exactly| is| was)? (?:wrong|the (?:problem|trouble|matter|issue|bug|defect)|goes wrong|going wrong|happening|went wrong)\b|\bwhat (?:happens|do you see|do they see|does it (?:do|show|say)|do you get)\b|\b(?:describe|anything else|what else)\b/i

/** Whether the agent asks what is wrong, so that the answer tells it. */
export function asksForFault(agent: readonly Sentence[]): boolean {
  return agent.slice(-2).some(({ quote }) => asksFault.test(quote))
}

/** Whether a talk begins with a defect: then what it tells in the present is the defect, or how it should be. */
export function isAboutDefect(sentences: readonly Sentence[]): boolean {
  const agents = sentences.filter(({ turn }) => turn.role === 'agent').slice(0, 4)
  const clients = sentences.filter(({ turn }) => turn.role === 'client').slice(0, 3)
  const said = clients.some(({ quote }) => fault.test(quote) || ownPart.test(quote))
  return said || asksOfTrouble(agents)
}
