// Package desk is the newsroom's screens: the stories by their stage, the form
// in which they are written, the panels that say in words what an act will do
// before it is done, and the masthead.
//
// It promises that nothing typed is lost (what is wrong or came too late is
// shown again as it was typed, beside what stands against it), that an act is
// offered only to those who may do it, and that every screen works without
// script. What an act means, and who may do it, is left to story.
package desk
