package staff

import (
	"wireroom/fault"
)

// Act is what somebody does to the staff. The names stand in the list of acts
// as well.
type Act string

// The acts that the table gives to roles.
const (
	ActSee    Act = "see"    // the list of people
	ActAudit  Act = "audit"  // the list of acts
	ActInvite Act = "invite" // take someone on
	ActChange Act = "change" // name, address, role and sections
	ActLink   Act = "link"   // make a sign-in link for somebody
	ActFreeze Act = "freeze" // shut an account at once
	ActThaw   Act = "thaw"   // be one of the two who open it again
	ActLeave  Act = "leave"  // end it for good

	ActReaders Act = "readers" // look after readers: what they may read, and their codes
	ActClients Act = "clients" // keep the clients: contracts, products and tokens
)

// reach is to whom a role may do an act.
type reach int

const (
	nobody   reach = iota
	self           // themselves
	below          // others, chiefs aside
	others         // everybody but themselves
	everyone       // themselves as well
)

// table is who may do what to whom. Any editor may freeze any account, for
// whoever first sees that one is abused must not have to look for a chief; what
// is given or taken for good is for those who keep the house, and chiefs are
// made and unmade by chiefs alone. Nobody changes their own role, so the last
// chief stays one.
var table = map[Act]map[Role]reach{
	ActSee:    {Editor: everyone, Chief: everyone, Administrator: everyone},
	ActAudit:  {Chief: everyone, Administrator: everyone},
	ActInvite: {Chief: others, Administrator: below},
	ActChange: {Chief: others, Administrator: below},
	ActLink:   {Chief: others, Administrator: below},
	ActFreeze: {Translator: self, Reporter: self, Editor: everyone, Chief: everyone, Administrator: everyone},
	ActThaw:   {Editor: others, Chief: others, Administrator: others},
	ActLeave:  {Chief: others, Administrator: below},

	ActReaders: {Chief: everyone, Administrator: everyone},
	ActClients: {Chief: everyone, Administrator: everyone},
}

// console is the role of Terminal; nobody at the desk can have it.
const console Role = "terminal"

// Terminal is whoever runs the program on its machine, the rescue when nobody
// at the desk can help: the table does not bind them.
func Terminal() Person { return Person{Role: console} }

// Refused says that an act on the staff is not the person's to do. Faces put
// it in words of their own language.
type Refused struct {
	Act  Act
	Self bool // to others they may
}

func (r *Refused) Error() string { return r.Unwrap().Error() }

// Unwrap makes it Forbidden.
func (r *Refused) Unwrap() error {
	if r.Self {
		return fault.Forbidden("staff", "nobody may %s themselves", r.Act)
	}
	return fault.Forbidden("staff", "your role may not %s this person", r.Act)
}

// May says whether by may do the act to whom; a *Refused tells why not. For
// ActSee, ActAudit, ActReaders and ActClients whom is by.
func May(by Person, act Act, whom Person) error {
	if by.Role == console {
		return nil
	}
	same := by.ID == whom.ID
	refused := &Refused{Act: act}
	if !by.Here() {
		return refused
	}
	switch table[act][by.Role] {
	case everyone:
		return nil
	case self:
		if same {
			return nil
		}
	case others:
		if !same {
			return nil
		}
		refused.Self = true
	case below:
		if !same && whom.Role != Chief {
			return nil
		}
		refused.Self = same
	}
	return refused
}
