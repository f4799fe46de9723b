// Package register knows who is who, what is where and what goes on: the people,
// places and topics that the agency writes about, each with the spelling that the
// house has for it in each edition, what else it is called, what it was when, and
// its address.
//
// It promises that an entry is found by any customary spelling of its names,
// that an address once given leads to it for ever, that nothing is changed but
// by an editor's hand or an import, and that each change stays on record with
// who made it. What it says of a text it says by the text alone: it reads no
// story, so it can tell nothing of what somebody may not have.
//
// It leaves to names how names sound, to the archive which stories speak of
// whom, and to the faces who is shown what.
package register
