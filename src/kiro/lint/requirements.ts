import { blocksOf, headingOf } from '../blocks.ts'
import type { Line } from '../lines.ts'
import { readRetired } from '../retired.ts'
import { readRequirements, requirementHeading, startsPart } from '../requirement-blocks.ts'
import type { LocatedRequirement } from '../requirement-blocks.ts'
import { parseRequirements } from '../requirements.ts'
import type { Finding } from '../tree.ts'
import { parseUserStory } from '../user-story.ts'
import { checkCriterion } from './criteria.ts'
import { checkTitle, findingsOf, hasSection, repeated } from './report.ts'
import type { Findings, SpecFile } from './report.ts'
import { checkRetired } from './retired.ts'
import { idsOf } from './trace.ts'

/** The rules for requirements.md. */
export function lintRequirements(file: SpecFile): Finding[] {
  const findings = findingsOf(file)
  const blocks = blocksOf(file.lines, startsPart)
  checkTitle(file, 'req', '# Requirements Document', findings)
  for (const name of ['Introduction', 'Requirements']) {
    if (!hasSection(blocks, name)) {
      findings.report('req/missing-section', `The section "## ${name}" is missing.`)
    }
  }
  if (!hasSection(blocks, 'Glossary')) {
    findings.report('req/missing-glossary', 'The section "## Glossary" is missing.')
  }
  const { glossary } = parseRequirements(file.lines.map((line) => line.text).join('\n'))
  for (const { term } of repeated(glossary, ({ term }) => term.toLowerCase())) {
    findings.report('req/duplicate-term', `The glossary defines ${term} twice.`)
  }
  const requirements = readRequirements(blocks)
  if (requirements.length === 0) {
    const message = 'There is no requirement. Begin one with "### Requirement 1: Title".'
    findings.report('req/no-requirements', message)
  }
  checkHeadings(file.lines, findings)
  const retired = readRetired(blocks)
  checkNumbers(requirements, new Set(retired.map(({ ref }) => ref)), findings)
  checkRetired(retired, idsOf(requirements), findings)
  const systems = new Set(glossary.map(({ term }) => term.toLowerCase()))
  for (const requirement of requirements) checkRequirement(requirement, systems, findings)
  return findings.all
}

function checkHeadings(lines: readonly Line[], { report }: Findings): void {
  for (const line of lines) {
    const heading = headingOf(line)
    if (!heading || !/^Requirement\s*\d?/i.test(heading.text)) continue
    const isNamed = requirementHeading(heading) !== undefined
    if (isNamed || !/^Requirement(?:\s*\d|\s*:|$)/i.test(heading.text)) continue
    report('req/malformed-heading', 'Write it as "### Requirement 1: Title".', line)
  }
}

/** A number may be passed over only where its requirement is retired. */
function checkNumbers(
  requirements: readonly LocatedRequirement[],
  retired: ReadonlySet<string>,
  findings: Findings,
): void {
  for (const { number, line } of repeated(requirements, ({ number }) => `${number}`)) {
    findings.report('req/duplicate-number', `Requirement ${number} exists already.`, line)
  }
  requirements.forEach(({ number, line }, index) => {
    const previous = requirements[index - 1]?.number ?? 0
    let next = previous + 1
    while (next < number && retired.has(`${next}`)) next += 1
    if (number > next || number < previous) {
      const message = `Requirement ${number} follows requirement ${previous}. Number them in order.`
      findings.report('req/number-order', message, line)
    }
  })
}

function checkRequirement(
  requirement: LocatedRequirement,
  systems: ReadonlySet<string>,
  findings: Findings,
): void {
  const { number, title, story, line, criteria } = requirement
  if (title === '') findings.report('req/no-title', `Requirement ${number} has no title.`, line)
  if (!parseUserStory(story)) {
    const message = `Requirement ${number} has no user story "As a role, I want …, so that …".`
    findings.report('req/no-user-story', message, line)
  }
  if (criteria.length === 0) {
    const message = `Requirement ${number} has no criteria. Number them below "#### Acceptance Criteria".`
    findings.report('req/no-criteria', message, line)
  }
  for (const repeat of repeated(criteria, (criterion) => `${criterion.number}`)) {
    const id = `${number}.${repeat.number}`
    findings.report('req/duplicate-criterion', `Criterion ${id} exists already.`, repeat.line)
  }
  for (const criterion of criteria) checkCriterion(criterion, systems, findings)
}
