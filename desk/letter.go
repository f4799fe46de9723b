package desk

import (
	"context"
	"time"

	"wireroom/mail"
	"wireroom/staff"
	"wireroom/web/words"
)

// letterTime is how long a letter that nobody waits for may take.
const letterTime = time.Minute

// letter is one in the person's language: its id names subject and text among
// the words.
func (v *visit) letter(id string, to staff.Person, args ...any) mail.Letter {
	lang := to.Lang
	if lang == "" || words.Spoken(lang) != lang {
		lang = v.lang
	}
	args = append(args, "name", to.Name, "agency", v.house.Credit(v.edition()))
	return mail.Letter{
		To:      to.Email,
		Subject: v.desk.words.T(lang, "letter-"+id+"-subject", args...),
		Text:    v.desk.words.T(lang, "letter-"+id, args...) + "\n",
	}
}

// mails sends a letter now and says whether it went; the log says why not.
func (v *visit) mails(l mail.Letter) bool {
	if v.desk.Mail == nil {
		return false
	}
	if err := v.desk.Mail.Send(v.r.Context(), l); err != nil {
		v.desk.Log.Error("a letter was not sent", "error", err)
		return false
	}
	return true
}

// mailsLater sends a letter beside the answer, which must not tell by its
// length of time whether there was one.
func (v *visit) mailsLater(l mail.Letter) {
	if v.desk.Mail == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(v.r.Context()), letterTime)
	go func() {
		defer cancel()
		if err := v.desk.Mail.Send(ctx, l); err != nil {
			v.desk.Log.Error("a letter was not sent", "error", err)
		}
	}()
}
