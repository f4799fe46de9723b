// What turns into something else while it is typed. The key for undo gives
// each back as it was typed.
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules"
import { schema } from "./schema.js"
import { dash, sign } from "./typography.js"

const { heading, bullet_list, ordered_list, blockquote } = schema.nodes
const { insertion } = schema.marks

export function rules(lang) {
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{2,4})\s$/, heading, (m) => ({ level: m[1].length })),
      wrappingInputRule(/^-\s$/, bullet_list),
      wrappingInputRule(/^1\.\s$/, ordered_list),
      wrappingInputRule(/^>\s$/, blockquote),
      new InputRule(/\[([^[\]\ufffc]+)\]$/, bracket),
      new InputRule(/["']$/, (state, match, start, end) => {
        const to = sign(match[0], before(state, start), lang())
        return to ? state.tr.insertText(to, start, end) : null
      }),
      new InputRule(/[-–—]-$/, (state, match, start, end) => {
        const [to] = dash(before(state, start) + match[0][0], lang())
        return to ? state.tr.insertText(to, start, end) : null
      }),
    ],
  })
}

// before is the text of the paragraph in front of pos.
function before(state, pos) {
  const $pos = state.doc.resolve(pos)
  return $pos.parent.textBetween(0, $pos.parentOffset, null, "\ufffc")
}

// bracket makes an editor's insertion of what was typed between brackets: that
// is how readers see it.
function bracket(state, match, start, end) {
  return state.tr.addMark(start + 1, end, insertion.create()).delete(start, start + 1).removeStoredMark(insertion)
}
