// What can be done to the text, by name: the toolbar and the keys share it.
import { chainCommands, createParagraphNear, exitCode, lift, liftEmptyBlock, newlineInCode, setBlockType, splitBlock, toggleMark, wrapIn } from "prosemirror-commands"
import { redo, undo } from "prosemirror-history"
import { undoInputRule } from "prosemirror-inputrules"
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list"
import { schema } from "./schema.js"

const { nodes, marks } = schema

const within = (state, type, attrs) => {
  const { $from } = state.selection
  for (let d = $from.depth; d > 0; d--) if ($from.node(d).hasMarkup(type, attrs && { ...$from.node(d).attrs, ...attrs })) return true
  return false
}

const marked = (state, type) => {
  const { from, to, empty, $from } = state.selection
  return empty ? !!type.isInSet(state.storedMarks || $from.marks()) : state.doc.rangeHasMark(from, to, type)
}

const mark = (type) => ({ run: toggleMark(type), active: (state) => marked(state, type) })

const heading = (level) => ({
  run: (state, dispatch) => (within(state, nodes.heading, { level }) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level }))(state, dispatch),
  active: (state) => within(state, nodes.heading, { level }),
})

const list = (type) => ({
  run: (state, dispatch) => (within(state, type) ? liftListItem(nodes.list_item) : wrapInList(type))(state, dispatch),
  active: (state) => within(state, type),
})

export const commands = {
  strong: mark(marks.strong), em: mark(marks.em), insertion: mark(marks.insertion),
  heading2: heading(2), heading3: heading(3), heading4: heading(4),
  bullets: list(nodes.bullet_list), numbers: list(nodes.ordered_list),
  quote: {
    run: (state, dispatch) => (within(state, nodes.blockquote) ? lift : wrapIn(nodes.blockquote))(state, dispatch),
    active: (state) => within(state, nodes.blockquote),
  },
  undo: { run: chainCommands(undoInputRule, undo) },
  redo: { run: redo },
}

// plain makes text of a heading, a list or a quotation.
export const plain = chainCommands(setBlockType(nodes.paragraph), liftListItem(nodes.list_item), lift)

export const hardBreak = chainCommands(exitCode, (state, dispatch) => {
  const type = state.selection.$from.parent.type
  if (!type.inlineContent) return false
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
  return true
})

export const enter = chainCommands(splitListItem(nodes.list_item), newlineInCode, createParagraphNear, liftEmptyBlock, splitBlock)
export const deeper = sinkListItem(nodes.list_item)
export const shallower = liftListItem(nodes.list_item)

export { marked, within }
