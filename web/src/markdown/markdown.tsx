import { Fragment, memo, type ReactNode, useMemo } from 'react'
import { type Block, parseMarkdown } from '../../../src/kiro/markdown/blocks.ts'
import { type Inline, parseInline } from '../../../src/kiro/markdown/inline.ts'
import type { List, ListItem } from '../../../src/kiro/markdown/lists.ts'
import { readDiagram } from '../../../src/kiro/diagram/read-diagram.ts'
import { ScrollRegion } from '../parts/scroll-region.tsx'
import { TaskMark } from '../parts/task-mark.tsx'
import { DiagramView } from './diagram-view.tsx'
import './markdown.css'

// What a text consists of never changes places, so that an index is a good key throughout.

function InlineNodes({ nodes }: { nodes: readonly Inline[] }) {
  return nodes.map((node, index) => {
    switch (node.type) {
      case 'text':
        return node.text
      case 'code':
        return <code key={index}>{node.text}</code>
      case 'strong':
        return (
          <strong key={index}>
            <InlineNodes nodes={node.children} />
          </strong>
        )
      case 'emphasis':
        return (
          <em key={index}>
            <InlineNodes nodes={node.children} />
          </em>
        )
      default:
        return null
    }
  })
}

/** Running text of Markdown as React elements. */
export function InlineMarkdown({ text }: { text: string }) {
  return <InlineNodes nodes={parseInline(text)} />
}

/** What is said of the block or the list item that begins on a line, below it. */
export type LineNotes = ReadonlyMap<number, ReactNode>

function Item({ item, notes }: { item: ListItem; notes: LineNotes | undefined }) {
  const { task, number, text, children } = item
  return (
    <li value={number} className={task && 'md-task'}>
      {task && <TaskMark state={task.state} />}
      <div>
        <InlineMarkdown text={text} />
        {task?.optional === true && <span className="md-optional">optional</span>}
        {notes?.get(item.line)}
        {children.map((list, index) => (
          <ListBlock key={index} list={list} notes={notes} />
        ))}
      </div>
    </li>
  )
}

function ListBlock({ list, notes }: { list: List; notes: LineNotes | undefined }) {
  const Tag = list.ordered ? 'ol' : 'ul'
  return (
    <Tag className="md-list">
      {list.items.map((item, index) => (
        <Item key={index} item={item} notes={notes} />
      ))}
    </Tag>
  )
}

function Table({ head, rows }: Extract<Block, { type: 'table' }>) {
  return (
    <ScrollRegion className="md-scroll" label="Table">
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col">
                <InlineMarkdown text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {head.map((_, column) => (
                <td key={column}>
                  <InlineMarkdown text={row[column] ?? ''} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** The page has a level-one heading already, so that a document's begin one below. */
function Heading({ level, text }: { level: number; text: string }) {
  const Tag = (['h2', 'h2', 'h3', 'h4', 'h5', 'h6'] as const)[level - 1] ?? 'h6'
  return (
    <Tag className={level === 1 ? 'md-title' : undefined}>
      <InlineMarkdown text={text} />
    </Tag>
  )
}

function Code({ language, text }: Extract<Block, { type: 'code' }>) {
  const diagram = useMemo(
    () => (language === 'mermaid' ? readDiagram(text) : undefined),
    [language, text],
  )
  if (diagram !== undefined) return <DiagramView diagram={diagram} source={text} />
  return (
    <ScrollRegion className="md-scroll md-code" label={language || 'Code'}>
      <pre>
        <code>{text}</code>
      </pre>
    </ScrollRegion>
  )
}

function BlockNode({ block, notes }: { block: Block; notes: LineNotes | undefined }) {
  switch (block.type) {
    case 'heading':
      return <Heading level={block.level} text={block.text} />
    case 'paragraph':
      return (
        <p>
          <InlineMarkdown text={block.text} />
        </p>
      )
    case 'quote':
      return (
        <blockquote>
          <InlineMarkdown text={block.text} />
        </blockquote>
      )
    case 'code':
      return <Code {...block} />
    case 'table':
      return <Table {...block} />
    case 'list':
      return <ListBlock list={block} notes={notes} />
    case 'rule':
      return <hr />
    default:
      return null
  }
}

interface MarkdownProps {
  text: string
  notes?: LineNotes
}

/** Markdown as React elements: hostile text stays text. */
export const Markdown = memo(function Markdown({ text, notes }: MarkdownProps) {
  const blocks = useMemo(() => parseMarkdown(text), [text])
  return (
    <div className="md">
      {blocks.map((block, index) => (
        <Fragment key={index}>
          <BlockNode block={block} notes={notes} />
          {block.type !== 'list' && notes?.get(block.line)}
        </Fragment>
      ))}
    </div>
  )
})
