import { memo } from 'react'
import { ScrollRegion } from '../parts/scroll-region.tsx'
import { TaskMark } from '../parts/task-mark.tsx'
import { type Block, type List, type ListItem, parseMarkdown } from './blocks.ts'
import { type Inline, parseInline } from './inline.ts'
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

function Item({ item }: { item: ListItem }) {
  const { task, number, text, children } = item
  return (
    <li value={number} className={task && 'md-task'}>
      {task && <TaskMark state={task.state} />}
      <div>
        <InlineMarkdown text={text} />
        {task?.optional === true && <span className="md-optional">optional</span>}
        {children.map((list, index) => (
          <ListBlock key={index} list={list} />
        ))}
      </div>
    </li>
  )
}

function ListBlock({ list }: { list: List }) {
  const Tag = list.ordered ? 'ol' : 'ul'
  return (
    <Tag className="md-list">
      {list.items.map((item, index) => (
        <Item key={index} item={item} />
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

function BlockNode({ block }: { block: Block }) {
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
      return (
        <ScrollRegion className="md-scroll md-code" label={block.language || 'Code'}>
          <pre>
            <code>{block.text}</code>
          </pre>
        </ScrollRegion>
      )
    case 'table':
      return <Table {...block} />
    case 'list':
      return <ListBlock list={block} />
    case 'rule':
      return <hr />
    default:
      return null
  }
}

/** Markdown as React elements: hostile text stays text. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className="md">
      {parseMarkdown(text).map((block, index) => (
        <BlockNode key={index} block={block} />
      ))}
    </div>
  )
})
