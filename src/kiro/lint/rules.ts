import type { Finding } from '../tree.ts'

interface Rule {
  severity: Finding['severity']
  /** What it holds, in one sentence. */
  about: string
}

const error = (about: string): Rule => ({ severity: 'error', about })
const warning = (about: string): Rule => ({ severity: 'warning', about })

/** All rules by their ids, which never change their meaning; docs/lint.md shows an example of each. */
export const lintRules = {
  'req/missing-title': error('requirements.md has a title.'),
  'req/unusual-title': warning('requirements.md has the title that Kiro gives it.'),
  'req/missing-section': error('requirements.md has an introduction and requirements.'),
  'req/missing-glossary': warning('requirements.md has a glossary.'),
  'req/duplicate-term': warning('The glossary defines a term once.'),
  'req/no-requirements': error('There is at least one requirement.'),
  'req/malformed-heading': error('A requirement begins with a heading that Kiro reads.'),
  'req/duplicate-number': error('A number stands for one requirement.'),
  'req/number-order': warning(
    'Requirements are numbered in order; only retired ones are passed over.',
  ),
  'req/number-reused': error('A retired number is given to nothing else.'),
  'req/no-title': warning('A requirement has a title.'),
  'req/no-user-story': warning('A requirement has a user story.'),
  'req/no-criteria': error('A requirement has acceptance criteria.'),
  'req/duplicate-criterion': error('A number stands for one criterion.'),
  'req/empty-criterion': error('A criterion has a text.'),
  'req/not-ears': warning('A criterion is EARS.'),
  'req/undefined-system': warning('The system that a criterion names is in the glossary.'),
  'req/compound': warning('A criterion has one SHALL.'),
  'req/untestable': warning('A criterion names a result that a test can check.'),
  'req/vague-word': warning('A criterion has no word that can be read in several ways.'),
  'req/comparison': warning('A criterion compares only with what is named.'),
  'req/loophole': warning('A criterion leaves no way around it.'),
  'req/open-ended': warning('A criterion names everything that is meant.'),
  'req/pronoun': warning('A criterion repeats names instead of pronouns.'),
  'bugfix/missing-title': error('bugfix.md has a title.'),
  'bugfix/unusual-title': warning('bugfix.md has the title that Kiro gives it.'),
  'bugfix/missing-section': error(
    'bugfix.md has an introduction and the three parts of the analysis.',
  ),
  'bugfix/no-statement': error('Each part of the analysis has a statement.'),
  'bugfix/duplicate-number': error('A number stands for one statement.'),
  'design/missing-title': error('design.md has a title.'),
  'design/unusual-title': warning('design.md has the title that Kiro gives it.'),
  'design/missing-section': error('design.md has an overview.'),
  'design/usual-section': warning("design.md has the sections of Kiro's designs."),
  'design/malformed-property': error('A property has a number and a title.'),
  'design/duplicate-property': error('A number stands for one property.'),
  'design/property-not-universal': warning('A property says what SHALL hold.'),
  'design/property-without-reference': warning('A property names the criteria that it validates.'),
  'tasks/missing-title': error('tasks.md has a title.'),
  'tasks/unusual-title': warning('tasks.md has the title that Kiro gives it.'),
  'tasks/usual-section': warning("tasks.md has the sections of Kiro's task lists."),
  'tasks/no-tasks': error('There is at least one task.'),
  'tasks/malformed-checkbox': error('A task begins with a box that Kiro reads.'),
  'tasks/malformed-number': error('A task has a number that Kiro reads.'),
  'tasks/duplicate-number': error('A number stands for one task.'),
  'tasks/no-title': error('A task has a title.'),
  'tasks/orphan': error(
    'A task names the requirements that it carries out; checkpoints need none.',
  ),
  'tasks/misplaced': warning('A part has the number of its whole.'),
  'tasks/open-subtask': warning('A task is ticked after all of its parts.'),
  'waves/invalid': error('The dependency graph is JSON of the form that Kiro reads.'),
  'waves/duplicate-id': error('An id stands for one wave.'),
  'waves/unknown-task': error('The waves name tasks that there are.'),
  'waves/duplicate-task': error('A wave names a task once.'),
  'waves/cycle': error('No task waits for itself.'),
  'trace/unknown-reference': error(
    'Tasks and properties name requirements and criteria that there are.',
  ),
  'trace/retired-reference': error('What is retired is named only by the task that removes it.'),
  'trace/uncovered-requirement': error('A task carries out each requirement.'),
  'trace/uncovered-criterion': warning('A task carries out each criterion.'),
  'scope/inferred': warning('Somebody asked for a criterion (needs the trace).'),
  'scope/inferred-required': warning(
    'What nobody asked for is left to optional tasks (needs the trace).',
  ),
  'markdown/open-fence': error('A code block is closed.'),
  'config/invalid': error('.config.kiro is JSON with what Kiro reads.'),
  'steering/invalid': error('The front matter of a steering file is what Kiro reads.'),
} as const satisfies Readonly<Record<string, Rule>>

export type RuleId = keyof typeof lintRules
