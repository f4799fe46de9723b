// Tables: put in whole, then rows and columns added and taken away.
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable } from "prosemirror-tables"
import { TextSelection } from "prosemirror-state"
import { schema } from "./schema.js"

const { table, table_row, table_cell } = schema.nodes

function insert(state, dispatch) {
  const row = (header) => table_row.create(null, [0, 1, 2].map(() => table_cell.create({ header })))
  const at = state.selection.$from.before(1)
  const after = at + state.selection.$from.node(1).nodeSize
  const tr = state.tr.insert(after, table.create(null, [row(true), row(false), row(false)]))
  dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 3)).scrollIntoView())
}

// header makes the row of the cursor one of headings, or takes that back.
function header(state, dispatch) {
  const { $from } = state.selection
  for (let d = $from.depth; d > 0; d--) {
    if ($from.node(d).type !== table_row) continue
    const tr = state.tr
    const to = !$from.node(d).firstChild.attrs.header
    $from.node(d).forEach((cell, offset) => tr.setNodeAttribute($from.start(d) + offset, "header", to))
    return dispatch(tr)
  }
}

export function tableTool(page, panel) {
  return {
    opens: true,
    active: isInTable,
    run(state, dispatch, view) {
      if (!dispatch) return true
      if (!isInTable(state)) {
        if (state.selection.$from.depth > 0) insert(state, dispatch)
        view.focus()
        return true
      }
      const act = (word, command) => panel.button(page.T(word), () => {
        command(view.state, view.dispatch)
        if (!isInTable(view.state)) panel.close()
      })
      panel.open(page.T("ed-table"), [
        act("ed-row-add", addRowAfter), act("ed-row-away", deleteRow), act("ed-col-add", addColumnAfter), act("ed-col-away", deleteColumn),
        act("ed-row-head", header), act("ed-table-away", deleteTable),
      ], null, view)
      return true
    },
  }
}
