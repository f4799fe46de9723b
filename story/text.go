package story

// CheckText refuses a text that cannot be kept and printed exactly, or that has
// more characters than fit; many allows more than one line. It is for the rooms
// that keep words of their own beside the stories.
func CheckText(field, s string, most int, many bool) error { return checkText(field, s, most, many) }
