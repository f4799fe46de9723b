package push

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"wireroom/fault"
	"wireroom/wire"
)

// receiptSign parts a receipt's token from those of letters, which have none.
const receiptSign = "."

// ReceiptToken is by which whoever is brought a record may confirm it without
// another key; the same at each try. "" where the endpoint has no secret.
func (e Endpoint) ReceiptToken(n wire.Number) string {
	if e.Secret == "" {
		return ""
	}
	return e.receiptToken(e.Secret, n)
}

func (e Endpoint) receiptToken(secret string, n wire.Number) string {
	what := string(e.ID) + receiptSign + strconv.FormatInt(int64(n), 10)
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte("receipt " + what))
	return what + receiptSign + hex.EncodeToString(h.Sum(nil)[:16])
}

// ByReceipt is whose token it is and of which record; NotFound. A token that was
// made with the secret before counts as long as that does.
func (s *Store) ByReceipt(ctx context.Context, token string) (Endpoint, wire.Number, error) {
	none := fault.NotFound("the receipt")
	id, rest, _ := strings.Cut(token, receiptSign)
	number, _, ok := strings.Cut(rest, receiptSign)
	n, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || n < 1 {
		return Endpoint{}, 0, none
	}
	e, err := scan(s.db.QueryRow(ctx, columns+` WHERE id = ?1`, id))
	if err != nil {
		return Endpoint{}, 0, err
	}
	secrets := []string{e.Secret}
	if s.now().Before(e.Until) {
		secrets = append(secrets, e.Before)
	}
	for _, secret := range secrets {
		if secret != "" && hmac.Equal([]byte(e.receiptToken(secret, wire.Number(n))), []byte(token)) {
			return e, wire.Number(n), nil
		}
	}
	return Endpoint{}, 0, none
}

// confirms is the sentence by which a document asks for its receipt.
var confirms = map[string]string{
	"en": "Please confirm receipt: ", "ru": "Подтвердите получение: ", "be": "Пацвердзіце атрыманне: ",
}

func asksReceipt(lang, address string) string {
	return cmp.Or(confirms[lang], confirms["en"]) + address
}
