// Package letter reads news that comes by mail: RFC 5322 and MIME in the
// charsets that people's programs use.
//
// It promises the subject as headline and the text of the best form that the
// letter has, that attachments are named in the editor's note and never opened,
// and that a form which a web page mailed as JSON gives its fields. A mail
// names no embargo and no urgency but by such a form. Who may send is for the
// intake to say: the From line proves nothing.
package letter
