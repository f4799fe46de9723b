// Package markup is the light text form in which the desk's plain editing
// field shows a story's body and takes it back.
//
//	A paragraph; the next line of it follows a hard break.
//	**strong**, *emphasis*, [an editor's insertion], [a link](https://example.org/)
//
//	## Heading (to ####)
//
//	- item             1. item
//	  - item inside    2. item
//
//	> a quoted paragraph
//
//	|= Head | cell |
//	| cell | cell |
//
//	!picture ID | caption | credit | alt | 30% 70%
//	!embed provider | reference
//
// Blank lines part blocks. A line --- between two lists of a kind keeps them two. A backslash makes the next sign plain; \/ is a hard break where a line
// cannot end, \u{9} a character by its number, \{} nothing at all (it keeps
// signs apart and stands for an empty paragraph). The percents after a picture
// are the point that stays in sight where it is cut; without them it is the
// middle.
//
// It promises that Parse(Print(b)) is b for each valid body whose lists are at
// most [MaxDepth] deep and whose neighbouring texts differ in marks, and that
// Parse refuses nothing but text that is not UTF-8: signs that open nothing or
// close nothing stay in the text. It leaves to story whether a body is valid.
package markup

// MaxDepth is how deep lists may stand in lists; markers below it are text.
const MaxDepth = 32

// nothing keeps signs apart and stands for an empty paragraph.
const nothing = `\{}`
