import { blocksOf, headingOf } from '../blocks.ts'
import type { Block } from '../blocks.ts'
import { isPropertiesHeading, propertyHeading } from '../design.ts'
import { parseReferences } from '../references.ts'
import type { Finding } from '../tree.ts'
import { checkTitle, findingsOf, hasSection, repeated } from './report.ts'
import type { Findings, SpecFile } from './report.ts'
import { locateReferences } from './trace.ts'
import type { LocatedReference } from './trace.ts'

const FEATURE_SECTIONS = [
  'Architecture',
  'Components and Interfaces',
  'Data Models',
  'Error Handling',
  'Testing Strategy',
]

/** The rules for design.md; a bugfix has other sections than a feature. */
export function lintDesign(file: SpecFile, isBugfix: boolean): Finding[] {
  const findings = findingsOf(file)
  const blocks = blocksOf(file.lines, ({ level }) => level === 2)
  checkTitle(file, 'design', '# Design Document', findings)
  if (!hasSection(blocks, 'Overview')) {
    findings.report('design/missing-section', 'The section "## Overview" is missing.')
  }
  for (const name of isBugfix ? [] : FEATURE_SECTIONS) {
    if (hasSection(blocks, name)) continue
    findings.report('design/usual-section', `Kiro's designs have a section "## ${name}".`)
  }
  const properties = propertyBlocks(file)
  const named = properties.filter(isWellFormed)
  for (const { line } of properties.filter((block) => !isWellFormed(block))) {
    findings.report('design/malformed-property', 'Write it as "### Property 1: Title".', line)
  }
  for (const { line } of repeated(named, numberOf)) {
    findings.report(
      'design/duplicate-property',
      'A property with this number exists already.',
      line,
    )
  }
  for (const block of named) checkProperty(block, findings)
  return findings.all
}

/** What the properties of a design.md say that they validate. */
export function propertyReferences(file: SpecFile): LocatedReference[] {
  return propertyBlocks(file).flatMap(({ lines }) => {
    return lines.flatMap((line) => {
      const references = line.fenced ? undefined : parseReferences(line.text)
      return references?.kind === 'validates' ? locateReferences(line, references.refs) : []
    })
  })
}

/** The blocks of the Correctness Properties sections whose headings begin with Property. */
function propertyBlocks(file: SpecFile): Block[] {
  return blocksOf(file.lines, ({ level }) => level === 2)
    .filter(({ heading }) => heading && isPropertiesHeading(heading.text))
    .flatMap(({ lines }) => blocksOf(lines, ({ text }) => /^Property(?:\s*[\d:]|$)/i.test(text)))
    .filter(({ heading }) => heading !== undefined)
}

function isWellFormed({ heading }: Block): boolean {
  return heading !== undefined && propertyHeading(heading) !== undefined
}

function numberOf({ heading }: Block): string {
  return `${heading && propertyHeading(heading)?.number}`
}

function checkProperty({ line, lines }: Block, { report }: Findings): void {
  const prose = lines.filter((line) => !headingOf(line))
  if (!prose.some(({ text }) => /\bSHALL\b/.test(text))) {
    const message = 'The property has no SHALL. Write it as "*For any* …, … SHALL …".'
    report('design/property-not-universal', message, line)
  }
  if (!prose.some((line) => parseReferences(line.text)?.kind === 'validates')) {
    const message = 'The property validates nothing. Add "**Validates: Requirements 1.2**".'
    report('design/property-without-reference', message, line)
  }
}
