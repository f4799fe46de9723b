// The keys of the text. Those with Ctrl alone are the ones that every editor
// has; the others are free in the browsers.
import { baseKeymap } from "prosemirror-commands"
import { undoInputRule } from "prosemirror-inputrules"
import { keymap } from "prosemirror-keymap"
import { goToNextCell } from "prosemirror-tables"
import { chainCommands } from "prosemirror-commands"
import { commands, deeper, enter, hardBreak, plain, shallower } from "./commands.js"

export const mac = /Mac|iP(hone|ad)/.test(navigator.platform)

// keys gives each command its key; the toolbar shows them.
export const keys = {
  strong: "Mod-b", em: "Mod-i", insertion: "F2", heading2: "Mod-Alt-2", heading3: "Mod-Alt-3", heading4: "Mod-Alt-4",
  bullets: "Mod-Shift-8", numbers: "Mod-Shift-7", quote: "Mod-Shift-9", undo: "Mod-z", redo: "Mod-y",
  link: "Mod-k", picture: "Alt-F2", table: "Mod-Alt-5", copybook: "F8", comment: "Mod-Alt-0", spelling: "F9", save: "Mod-Enter",
}

// shown writes a key as a person reads it.
export const shown = (key) => key.replace("Mod", mac ? "⌘" : "Ctrl").replace("Alt", mac ? "⌥" : "Alt").replaceAll("-", "+").replace(/\+([a-z])$/, (_, c) => "+" + c.toUpperCase())

// keymaps joins the commands with the tools that open something.
export function keymaps(tools) {
  const bound = {
    "Shift-Mod-z": commands.redo.run, "Mod-Alt-1": plain,
    Enter: enter, "Shift-Enter": hardBreak, Backspace: undoInputRule,
    Tab: chainCommands(goToNextCell(1), deeper), "Shift-Tab": chainCommands(goToNextCell(-1), shallower),
  }
  for (const [name, command] of Object.entries({ ...commands, ...tools })) if (keys[name]) bound[keys[name]] = command.run
  return [keymap(bound), keymap(baseKeymap)]
}
