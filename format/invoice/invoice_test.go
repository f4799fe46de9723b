package invoice_test

import (
	"bytes"
	"testing"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"

	"wireroom/format/invoice"
)

func TestAnInvoiceIsDrawnInEachLanguage(t *testing.T) {
	for _, lang := range []string{"en", "ru", "be", "xx"} {
		pdf, err := invoice.PDF(invoice.Invoice{Number: 7, Lang: lang, Day: "2026-11-25", Issuer: "Позірк\nВільня", Customer: "Брунстэд\r\nОфіс Ў",
			Item: "Поўная стужка", Seats: 12, Since: "2026-12-01", Until: "2027-11-30", Currency: "EUR", Amount: 120050})
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) || !bytes.Contains(pdf, []byte("%%EOF")) {
			t.Errorf("in %s it is %d bytes: %v", lang, len(pdf), err)
		}
	}
}

// The promise that every letter is in the file is the fonts' to keep.
func TestTheFontsHaveEveryLetter(t *testing.T) {
	for _, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		font, err := sfnt.Parse(ttf)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range "АБВГДЕЁЖЗІЙКЛМНОПРСТУЎФХЦЧШЪЫЬЭЮЯИЩабвгдеёжзійклмнопрстуўфхцчшъыьэюяищ№–’«»„“€ąčęėįšųūžłńćśź" {
			if i, err := font.GlyphIndex(nil, r); err != nil || i == 0 {
				t.Errorf("a font lacks %q: %v", r, err)
			}
		}
	}
}

func TestMoneyHasTheUnitsOfItsCurrency(t *testing.T) {
	for _, c := range []struct {
		amount   int64
		currency string
		want     string
	}{{120050, "EUR", "1200.50 EUR"}, {5, "USD", "0.05 USD"}, {500, "JPY", "500 JPY"}} {
		if got := invoice.Money(c.amount, c.currency); got != c.want {
			t.Errorf("%d %s is written %q", c.amount, c.currency, got)
		}
	}
}
